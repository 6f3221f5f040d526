/** Takes tasks one by one and hands them on in groups: while a group is being written, the next one gathers. */
import { DomainError } from '../../base/errors.ts';
import { judgementOf, type Task, type Verdict } from './write-group.ts';

/** Where groups are written: on this thread, or on one of their own. */
export interface GroupWriter {
  /** One verdict for each task, in order, when the group is on the disk. */
  write(tasks: readonly Task[]): Promise<readonly Verdict[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly task: Task;
  resolve(count: number): void;
  reject(error: unknown): void;
}

/** A group longer than this would keep its first members waiting for no gain. */
const largestGroup = 512;

/**
 * A group costs much the same whether it holds one commit or ten: on a fast disk that cost is the processor's, and groups
 * of one would eat it up. So where commits overlap, groups begin at least this many milliseconds apart. Who writes one
 * after another, as an import does, never waits.
 */
const pace = 2;

/** For so many groups after the last overlap. */
const pacedGroups = 25;

export class Writer {
  readonly #groups: GroupWriter;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #toPace = 0;
  #begunAt = 0;

  constructor(groups: GroupWriter) {
    this.#groups = groups;
  }

  /** Resolves when the task is on the disk. @throws DomainError `store.*` */
  run(task: Task): Promise<number> {
    if (this.#closing) return Promise.reject(new DomainError('store.unavailable', { reason: 'closed' }));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#running ??= this.#writeAll();
    });
  }

  /** Writes what waits, then closes; the second time it only waits for the first. */
  close(): Promise<void> {
    this.#closing ??= (this.#running ?? Promise.resolve()).then(() => this.#groups.close());
    return this.#closing;
  }

  async #writeAll(): Promise<void> {
    // One turn of the event loop, so that all requests which came in together are in the first group.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      await this.#keepPace();
      const group = this.#waiting.splice(0, largestGroup);
      if (group.length > 1) this.#toPace = pacedGroups;
      await this.#writeGroup(group);
    }
    this.#running = undefined;
  }

  async #keepPace(): Promise<void> {
    const early = this.#begunAt + pace - performance.now();
    if (this.#toPace > 0 && early > 0 && !this.#closing) {
      this.#toPace -= 1;
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(early)));
    }
    this.#begunAt = performance.now();
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const verdicts = await this.#groups.write(group.map(({ task }) => task));
      for (const [i, waiting] of group.entries()) settle(waiting, verdicts[i]);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function settle({ resolve, reject }: Waiting, verdict: Verdict | undefined): void {
  try {
    if (verdict === undefined) throw new Error('the writer gave no verdict');
    resolve(judgementOf(verdict));
  } catch (error) {
    reject(error);
  }
}
