/**
 * What the codes say that were sealed here last. Nearly every code comes back within a second, to the process that gave it out,
 * and need not be opened then. A few places, written over in turn: what grows would hold on to what was in it (docs/decisions/0021).
 */
const places = 64;

export class JustSealed {
  readonly #values = new Array<string | undefined>(places).fill(undefined);
  readonly #texts = new Array<string | undefined>(places).fill(undefined);
  #next = 0;

  keep(value: string, text: string): void {
    this.#values[this.#next] = value;
    this.#texts[this.#next] = text;
    this.#next = (this.#next + 1) % places;
  }

  /** Once; undefined for what was not sealed here, or too long ago. */
  take(value: string): string | undefined {
    const place = this.#values.indexOf(value);
    if (place < 0) return undefined;
    const text = this.#texts[place];
    this.#values[place] = undefined;
    this.#texts[place] = undefined;
    return text;
  }
}
