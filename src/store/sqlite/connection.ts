/**
 * One SQLite connection: opens the file safely, keeps every statement prepared, and is the only place where an error of
 * the engine can be seen. What leaves this file is a row, a count or a DomainError.
 */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { engineError } from './engine-error.ts';

/** The columns of one row, in the order of the statement. */
export type Row = readonly SQLOutputValue[];

export interface ConnectionOptions {
  /** An absolute path, or `:memory:`. */
  readonly path: string;
  /** How long to wait for another process that is writing, in milliseconds. */
  readonly busyTimeoutMs: number;
  /**
   * `reading` changes nothing, not even the file's mode. `alone` opens only when nobody else has the file open, in any
   * process, and keeps everybody out until it is closed. `shared` unless said.
   */
  readonly access?: 'shared' | 'reading' | 'alone';
}

export class Connection {
  readonly #database: DatabaseSync;
  // Bounded: statements are built from declared collections and a handful of query shapes, never from values.
  readonly #statements = new Map<string, StatementSync>();

  /** @throws DomainError `store.unavailable` when the file cannot be opened or is no database. */
  constructor({ path, busyTimeoutMs, access = 'shared' }: ConnectionOptions) {
    const readOnly = access === 'reading';
    const options = { readOnly, timeout: busyTimeoutMs, enableForeignKeyConstraints: false };
    this.#database = run(() => new DatabaseSync(path, options));
    try {
      if (readOnly) return;
      // Before anything is read: a connection that has entered the write-ahead log already cannot leave others out.
      if (access === 'alone') this.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
      // Asked first: changing the mode wants the whole file, which another process may be using.
      else if (path !== ':memory:' && this.row('PRAGMA journal_mode')?.[0] !== 'wal')
        this.row('PRAGMA journal_mode = WAL');
      // FULL: an acknowledged commit is on the disk, also after a power cut. NORMAL would lose the last ones in WAL mode.
      this.exec('PRAGMA synchronous = FULL');
      this.exec('PRAGMA temp_store = MEMORY');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  row(sql: string, ...parameters: readonly SQLInputValue[]): Row | undefined {
    return run(() => this.#prepare(sql).get(...parameters) as unknown as Row | undefined);
  }

  rows(sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[] {
    return run(() => this.#prepare(sql).all(...parameters) as unknown as readonly Row[]);
  }

  /** How many rows the statement itself changed; those of its triggers do not count. */
  change(sql: string, ...parameters: readonly SQLInputValue[]): number {
    return run(() => Number(this.#prepare(sql).run(...parameters).changes));
  }

  /** Runs a statement without an answer, as a transaction has at its begin and its end. */
  step(sql: string): void {
    run(() => this.#prepare(sql).run());
  }

  /** Runs statements that are not worth keeping, several at once. */
  exec(sql: string): void {
    run(() => this.#database.exec(sql));
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** Does nothing the second time. */
  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) run(() => this.#database.close());
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function run<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw engineError(error);
  }
}
