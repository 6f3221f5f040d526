/** Two processes that start on one new file: the second finds everything done at the moment it gets its turn. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { layOut, presentLayout } from '../../../src/store/sqlite/migrations.ts';
import { makeCollections } from '../../../src/store/sqlite/prepare-collections.ts';
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
      layOut(first);
      if (overtakings > 1) makeCollections(first, sampleCollections, clock);
    });
    layOut(second);
    makeCollections(second, sampleCollections, clock);
    expect(overtakings).toBe(2);
    expect(schemaOf(second)).toEqual(schemaOf(first));
    expect(second.row('PRAGMA user_version')).toEqual([presentLayout]);
    first.close();
    second.close();
  });

  it('leaves alone what a process of another version has laid out in between, and refuses', () => {
    const path = newPath();
    mkdirSync(dirname(path));
    const first = new Connection({ path, busyTimeoutMs: 1_000 });
    const second = new Connection({ path, busyTimeoutMs: 1_000 });
    layOut(first);
    makeCollections(first, sampleCollections, clock);
    const before = schemaOf(first);
    const others = sampleCollections.map((collection) => ({ ...collection, indexes: [] }));
    expect(() => makeCollections(second, others, clock)).toThrow(expect.objectContaining({ code: 'store.in_use' }));
    expect(schemaOf(first)).toEqual(before);
    first.close();
    second.close();
  });
});
