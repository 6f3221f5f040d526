/** How many records of a collection lie in the file, found by whatever index or by none. */
import { DatabaseSync } from 'node:sqlite';
import type { AnyCollection } from '../../src/store/port.ts';
import { tableOf } from '../../src/store/sqlite/layout.ts';
import type { TestSekisho } from '../support/sekisho.ts';

export function recordsIn({ ground }: TestSekisho, collection: AnyCollection): number {
  const file = new DatabaseSync(ground.config.store.url.replace(/^sqlite:/, ''), { readOnly: true });
  try {
    return Number(file.prepare(`SELECT count(*) AS found FROM ${tableOf(collection)}`).get()?.found);
  } finally {
    file.close();
  }
}
