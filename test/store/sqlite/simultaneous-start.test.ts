/** Two processes that start on one new file: the second finds everything done at the moment it gets its turn. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { migrate } from '../../../src/store/sqlite/migrations.ts';
import { prepareCollections } from '../../../src/store/sqlite/prepare-collections.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { sampleCollections } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

/** A connection that is overtaken: somebody else comes first whenever it is about to begin a transaction. */
class OvertakenConnection extends Connection {
  readonly #overtake: () => void;

  constructor(path: string, overtake: () => void) {
    super({ path, busyTimeoutMs: 1_000 });
    this.#overtake = overtake;
  }

  override exec(sql: string): void {
    if (sql === 'BEGIN IMMEDIATE') this.#overtake();
    super.exec(sql);
  }
}

const newPath = temporaryFiles();
const clock = new FakeClock();
const schemaOf = (connection: Connection): unknown =>
  connection.rows('SELECT type, name, sql FROM sqlite_schema ORDER BY name');

describe('a start on a new file', () => {
  it('goes well when another process lays everything out between the look and the turn', () => {
    const path = newPath();
    mkdirSync(dirname(path));
    const first = new Connection({ path, busyTimeoutMs: 1_000 });
    let overtakings = 0;
    const second = new OvertakenConnection(path, () => {
      overtakings += 1;
      migrate(first);
      if (overtakings > 1) prepareCollections(first, sampleCollections, clock);
    });
    migrate(second);
    prepareCollections(second, sampleCollections, clock);
    expect(overtakings).toBe(2);
    expect(schemaOf(second)).toEqual(schemaOf(first));
    expect(second.row('PRAGMA user_version')).toEqual([1]);
    first.close();
    second.close();
  });
});
