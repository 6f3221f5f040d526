/**
 * A scrape of /metrics reaches one worker, which asks here how the others stand. What a worker had counted when it went stays
 * counted: a sum that fell would be taken for a restart, and everything before it counted again.
 */
import { addUp, type Figures, figuresIn, lastingIn } from '../../metrics/figures.ts';
import type { Others } from '../../metrics/open-metrics.ts';
import { processRegistry } from '../../metrics/process-registry.ts';
import type { Hand } from './hand.ts';

/** Milliseconds: one that is stuck is told of as it was when it last answered. */
const patience = 1_000;

export class FiguresDesk {
  readonly #latest = new Map<Hand, Figures>();
  /** Who was asked and has not answered yet. */
  readonly #asked = new Map<Hand, PromiseWithResolvers<void>>();
  #parted: readonly Figures[] = [];
  #summing: Promise<void> | undefined;
  #deaths = 0;

  /** One that listens now. */
  join(hand: Hand): void {
    this.#latest.set(hand, []);
  }

  came(hand: Hand, figures: Figures): void {
    if (this.#latest.has(hand)) this.#latest.set(hand, figures);
    this.#answered(hand);
  }

  died(): void {
    this.#deaths += 1;
  }

  parted(hand: Hand): void {
    const last = this.#latest.get(hand);
    this.#latest.delete(hand);
    this.#answered(hand);
    if (last === undefined || last.length === 0) return;
    this.#parted = [...this.#parted, lastingIn(last)];
    this.#summing ??= this.#sum();
  }

  async others(hand: Hand, own: Figures): Promise<Others> {
    this.came(hand, own);
    const asked = [...this.#latest.keys()].filter((one) => one !== hand).map((one) => this.#ask(one));
    await inTime(Promise.all(asked));
    const first = await figuresIn(processRegistry());
    const living = [...this.#latest].flatMap(([one, figures]) => (one === hand ? [] : [figures]));
    return { figures: [...living, ...this.#parted, first], deaths: this.#deaths };
  }

  #ask(hand: Hand): Promise<void> {
    const asked = this.#asked.get(hand) ?? Promise.withResolvers<void>();
    if (!this.#asked.has(hand)) {
      this.#asked.set(hand, asked);
      hand.tell({ kind: 'figures_wanted' });
    }
    return asked.promise;
  }

  #answered(hand: Hand): void {
    this.#asked.get(hand)?.resolve();
    this.#asked.delete(hand);
  }

  /** So that what is kept does not grow with those who have gone. */
  async #sum(): Promise<void> {
    const { length } = this.#parted;
    const sum = await addUp(this.#parted);
    this.#parted = [sum, ...this.#parted.slice(length)];
    this.#summing = undefined;
  }
}

async function inTime(answers: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([answers, late]);
  clearTimeout(timer);
}
