/** No statement of a login may walk through what grows with accounts, connections or sessions. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { exchange, logIn, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

/** Every statement by its text, with the database that it was prepared for. */
const seen = new Map<string, DatabaseSync>();
const { prepare } = DatabaseSync.prototype;
let sekisho: TestSekisho;

beforeAll(async () => {
  DatabaseSync.prototype.prepare = function seeing(this: DatabaseSync, sql, options) {
    seen.set(sql, this);
    return prepare.call(this, sql, options);
  };
  // In memory reads and writes go through one connection in this thread, where all of them can be seen.
  sekisho = await startSekisho({ environment: { SEKISHO__STORE__URL: 'sqlite::memory:' } });
  // What lays the tables out is no login, and runs when a declaration changes.
  seen.clear();
});
afterAll(async () => {
  await sekisho.close();
  DatabaseSync.prototype.prepare = prepare;
});

/** What SQLite would do for the statement, step by step. */
const planOf = (sql: string, database: DatabaseSync): readonly string[] =>
  prepare
    .call(database, `EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((step) => String(step.detail));

const walks = (step: string): boolean => /^SCAN (?:r\b|record_|element_)/.test(step);

describe('a login', () => {
  it('runs no statement that walks through a collection, from the request to the portal', async () => {
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library', secret: 's'.repeat(43), consent: 'once' });
    await sekisho.addConnection({ id: 'rooms', secret: 's'.repeat(43) });
    const library = await openParty(sekisho, 'rooms', client.ClientSecretBasic('s'.repeat(43)));
    const browser = new CookieBrowser();
    for (const _time of ['with a password', 'with the session']) {
      const { begun, callback } = await logIn(sekisho, library, browser);
      const tokens = await exchange(library, callback, begun);
      await client.fetchUserInfo(library.config, tokens.access_token, tokens.claims()?.sub ?? '');
    }
    await browser.visit(`${sekisho.issuer}/`);

    const statements = [...seen].filter(([sql]) => /^\s*(?:SELECT|INSERT|UPDATE|DELETE)\b.*\brecord_/s.test(sql));
    expect(statements.length).toBeGreaterThan(20);
    const walking = statements.flatMap(([sql, database]) =>
      planOf(sql, database)
        .filter(walks)
        .map((step) => [sql, step]),
    );
    expect(walking).toEqual([]);
  });

  it('would be told of one that does', () => {
    const [database] = seen.values();
    if (!database) throw new Error('nothing was prepared');
    expect(planOf("SELECT body FROM record_accounts WHERE body ->> 'kind' = 'ecs'", database).some(walks)).toBe(true);
  });
});
