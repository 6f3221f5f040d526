/** The time that one request may take, and the caller's own wish to stop, as one signal whose reason says which it was. */
import type { Limits } from './outcome.ts';
import { OutgoingError } from './outgoing-error.ts';

export interface Deadline {
  /** Its reason is always an OutgoingError. */
  readonly signal: AbortSignal;
  /** From here on only the total time counts. */
  connected(): void;
  /** Nothing is waited for any more: the caller is going. */
  abandon(): void;
  close(): void;
  /** What `work` answers, unless the time is over first. */
  within<T>(work: Promise<T>): Promise<T>;
}

export function openDeadline({ connectTime, totalTime }: Limits, caller?: AbortSignal): Deadline {
  const stop = new AbortController();
  const { signal } = stop;
  const after = (time: number, phase: string) =>
    setTimeout(() => stop.abort(new OutgoingError('timeout', phase)), time);
  const connecting = after(connectTime, 'connecting');
  const answering = after(totalTime, 'answering');
  const give = () => stop.abort(new OutgoingError(isTimeout(caller?.reason) ? 'timeout' : 'aborted', 'caller'));
  if (caller?.aborted) give();
  else caller?.addEventListener('abort', give);
  return {
    signal,
    connected: () => clearTimeout(connecting),
    abandon: () => stop.abort(new OutgoingError('aborted', 'closed')),
    close: () => {
      clearTimeout(connecting);
      clearTimeout(answering);
      caller?.removeEventListener('abort', give);
    },
    within: (work) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        work.then(resolve, reject);
      }),
  };
}

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError';
