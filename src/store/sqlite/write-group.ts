/**
 * All commits that wait share one transaction and one sync of the disk. Each of several statements lies in a savepoint of its
 * own: one that is refused takes nothing of its neighbours with it. Nobody is told anything before the sync.
 */
import type { Instant } from '../../base/clock.ts';
import { DomainError, type ErrorCode, type ErrorFacts, isDomainError } from '../../base/errors.ts';
import { applyWrite } from './apply-write.ts';
import { type Changes, noteChanges, recordKey } from './changes.ts';
import type { Connection } from './connection.ts';
import type { EncodedWrite } from './encode-write.ts';
import { isOfTheStatement } from './engine-error.ts';
import type { Tables } from './tables.ts';

export type Task =
  | { readonly kind: 'commit'; readonly writes: readonly EncodedWrite[] }
  /** Removes at most so many expired records: a long-neglected store must not keep writers waiting. */
  | { readonly kind: 'sweep'; readonly limit: number }
  /** Writes, and changes nothing: whether a write reaches the disk. */
  | { readonly kind: 'probe' };

/** What a task came to: how many expired records it removed, or why nothing of it is there. */
export type Verdict =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly code: ErrorCode; readonly facts: ErrorFacts }
  | { readonly ok: false; readonly bug: string };

export function writeGroup(
  connection: Connection,
  tables: Tables,
  tasks: readonly Task[],
  now: () => Instant,
): readonly Verdict[] {
  try {
    // IMMEDIATE takes the writer's place before anything is read, so what is read cannot move under the group, and
    // waiting happens here. The time is read after it: by then a record may have expired.
    connection.step('BEGIN IMMEDIATE');
    const at = now();
    const verdicts = tasks.map((task) => runTask(connection, tables, task, at));
    noteChanges(connection, changesOf(tasks, verdicts));
    connection.step('COMMIT');
    return verdicts;
  } catch (error) {
    // A full disk or an I/O error may have rolled back already.
    if (connection.isInTransaction) connection.step('ROLLBACK');
    // Also for those that were refused on their own account: what refused them may have been a neighbour's write.
    return tasks.map(() => verdictOf(error));
  }
}

function changesOf(tasks: readonly Task[], verdicts: readonly Verdict[]): Changes {
  const done = tasks.filter((_task, place) => verdicts[place]?.ok);
  // Expired by the clock of whoever had them removed; another's may be behind.
  if (verdicts.some((verdict) => verdict.ok && verdict.count > 0)) return 'anything';
  return done.flatMap((task) =>
    task.kind === 'commit' ? task.writes.map(({ collection, id }) => recordKey(collection, id)) : [],
  );
}

function runTask(connection: Connection, tables: Tables, task: Task, now: Instant): Verdict {
  const isAlone = isOneStatement(tables, task);
  if (!isAlone) connection.step('SAVEPOINT task');
  try {
    const count = taskDone(connection, tables, task, now);
    if (!isAlone) connection.step('RELEASE task');
    return { ok: true, count };
  } catch (error) {
    // Without a transaction there is nothing to go back to: the engine has undone the whole group.
    const isOutage = isDomainError(error, 'store.unavailable') && !isOfTheStatement(error);
    if (!connection.isInTransaction || isOutage) throw error;
    if (!isAlone) {
      connection.step('ROLLBACK TO task');
      connection.step('RELEASE task');
    }
    // A write that the engine cannot take should have been refused before it came here: a bug, and no outage.
    return isOfTheStatement(error) ? verdictOf(error.cause) : verdictOf(error);
  }
}

/**
 * Of one statement that fails the engine leaves nothing by itself (https://sqlite.org/lang_conflict.html, ABORT), and a savepoint
 * would take as long again. Where values are unique, one that meets an expired holder is followed by others (apply-write.ts).
 */
function isOneStatement(tables: Tables, task: Task): boolean {
  if (task.kind !== 'commit' || task.writes.length !== 1) return false;
  const [write] = task.writes;
  return write?.kind === 'remove' || tables.named(write?.collection ?? '').sql.releaseValues.length === 0;
}

/** @returns how many expired records were removed. */
function taskDone(connection: Connection, tables: Tables, task: Task, now: Instant): number {
  if (task.kind === 'sweep') return sweep(connection, tables, task.limit, now);
  if (task.kind === 'commit')
    return task.writes.reduce((removed, write) => removed + applyWrite(connection, tables, write, now), 0);
  probe(connection);
  return 0;
}

function sweep(connection: Connection, tables: Tables, limit: number, now: Instant): number {
  let removed = 0;
  for (const { collection, sql } of tables) {
    if (collection.expiresAt === undefined || removed >= limit) continue;
    removed += connection.change(sql.sweep, now, limit - removed);
  }
  return removed;
}

/** The engine writes this number without looking whether it is another; a row that stays the same it would not write. */
function probe(connection: Connection): void {
  const version = Number(connection.row('PRAGMA user_version')?.[0]);
  connection.exec(`PRAGMA user_version = ${version}`);
}

function verdictOf(error: unknown): Verdict {
  if (isDomainError(error)) return { ok: false, code: error.code, facts: { ...error.facts, ...causeOf(error) } };
  return { ok: false, bug: Error.isError(error) ? error.message : String(error) };
}

/** The engine's own words, for the log: an error itself cannot leave the writer's thread. */
const causeOf = ({ cause }: DomainError): ErrorFacts => (Error.isError(cause) ? { cause: cause.message } : {});

/** The number a verdict holds. @throws the DomainError or TypeError that it tells of. */
export function judgementOf(verdict: Verdict): number {
  if (verdict.ok) return verdict.count;
  if ('bug' in verdict) throw new TypeError(verdict.bug);
  throw new DomainError(verdict.code, verdict.facts);
}
