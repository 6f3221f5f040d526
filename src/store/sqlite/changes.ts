/**
 * Which records each group of commits has changed, in the file itself: whoever keeps what it read, in whatever process, asks
 * what has changed since and forgets that. Only the last few hundred groups are remembered; who has slept through more of
 * them forgets everything.
 */
import type { Connection, Row } from './connection.ts';

/** Groups that are remembered, at least. */
const remembered = 256;
/** Old ones are forgotten so many at a time. */
const forgottenAtOnce = 64;
/** Of a group that changed more than this, an import or a sweep, it is only said that anything may have changed. */
const mostNamed = 512;

/** A file that an older version wrote has none (migrations.ts). */
export const changeTable = 'change';

/** A record's name among the records of all collections. */
export const recordKey = (collection: string, id: string): string => `${collection} ${id}`;

/** A collection's name is one word (check-collections.ts). */
export function keyParts(key: string): readonly [collection: string, id: string] {
  const end = key.indexOf(' ');
  return [key.slice(0, end), key.slice(end + 1)];
}

/** Keys of records, or that more has changed than can be told. */
export type Changes = readonly string[] | 'anything';

/** Inside the transaction of the group. */
export function noteChanges(connection: Connection, changes: Changes): void {
  if (changes.length === 0) return;
  const keys = changes === 'anything' || changes.length > mostNamed ? null : JSON.stringify(changes);
  const number = Number(connection.row('INSERT INTO change (keys) VALUES (?) RETURNING number', keys)?.[0]);
  if (number % forgottenAtOnce === 0) connection.change('DELETE FROM change WHERE number <= ?', number - remembered);
}

export class ChangeReader {
  readonly #connection: Connection;
  #dataVersion: number;
  #number: number;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#dataVersion = this.#readDataVersion();
    this.#number = Number(connection.row('SELECT max(number) FROM change')?.[0] ?? 0);
  }

  /** What has changed since it was last asked. */
  since(): Changes {
    const first = this.#readDataVersion();
    if (first === this.#dataVersion) return [];
    const { dataVersion, rows } = this.#readGroups(first);
    const changes = this.#toldBy(rows);
    this.#dataVersion = dataVersion;
    this.#number = Number(rows.at(-1)?.[0] ?? this.#number);
    return changes;
  }

  /**
   * With the version of the file in which they were all that there were. One that came between the two questions would be
   * told here, and at the next time it would look as if the file had changed and no group told of it.
   */
  #readGroups(dataVersion: number): { readonly dataVersion: number; readonly rows: readonly Row[] } {
    const rows = this.#connection.rows('SELECT number, keys FROM change WHERE number > ?', this.#number);
    const after = this.#readDataVersion();
    return after === dataVersion ? { dataVersion, rows } : this.#readGroups(after);
  }

  #toldBy(rows: readonly Row[]): Changes {
    // The file has changed and no group tells of it: somebody has edited it by hand. Or what tells of it is forgotten already.
    if (Number(rows[0]?.[0]) !== this.#number + 1) return 'anything';
    const named = rows.map(([, keys]) => (typeof keys === 'string' ? (JSON.parse(keys) as string[]) : undefined));
    return named.includes(undefined) ? 'anything' : named.flatMap((keys) => keys ?? []);
  }

  /** Another number whenever another connection, in whatever process, has committed (https://sqlite.org/pragma.html#pragma_data_version). */
  #readDataVersion(): number {
    return Number(this.#connection.row('PRAGMA data_version')?.[0]);
  }
}
