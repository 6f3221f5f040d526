/** How far a long act has come, on standard error, while somebody watches; elsewhere nothing. */
import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

export interface ProgressBar {
  reach(count: number): void;
  /** Clears the line. */
  end(): void;
}

/** `what` stands after the figures: `120/3000 sealed again`. */
export function progressBar(terminal: Terminal, total: number, what: string): ProgressBar {
  if (!terminal.showsProgress || total === 0) return { reach: () => {}, end: () => {} };
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    stream: Object.assign(streamTo(terminal), { isTTY: true }) as unknown as NodeJS.WriteStream,
  });
  bar.start(total, 0);
  return { reach: (count) => bar.update(Math.min(count, total)), end: () => bar.stop() };
}

const streamTo = (terminal: Terminal): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      terminal.err(String(chunk));
      done();
    },
  });
