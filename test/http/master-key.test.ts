/** The master key turns under a server that knows nothing of it: nobody notices. */

import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readKeys } from '../../src/core/keys/ring.ts';
import { keyIdOf } from '../../src/core/keys/seal.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { beginRequest, exchange, follow, logIn, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';

describe('the master key turns', () => {
  let sekisho: TestSekisho;
  let party: Party;
  let clock: FakeClock;
  beforeEach(async () => {
    clock = new FakeClock();
    sekisho = await startSekisho({ clock });
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library' });
    party = await openParty(sekisho, 'library');
  });
  afterEach(() => sekisho.close());

  /** The command, beside the server; `meanwhile` happens while it waits. */
  async function rotate(meanwhile: () => Promise<void> = async () => {}): Promise<unknown> {
    const { config } = sekisho.ground;
    let out = '';
    const terminal: Terminal = {
      out: (text) => {
        out += text;
      },
      err: () => {},
      input: Readable.from([]),
      environment: {
        SEKISHO_CONFIG: new URL('../../config/kyoto.yaml', import.meta.url).pathname,
        SEKISHO__MODE: 'development',
        SEKISHO__SERVER__ISSUER: config.server.issuer,
        SEKISHO__STORE__URL: config.store.url,
        SEKISHO__KEYS__DIRECTORY: config.keys.directory,
        SEKISHO__LOG__LEVEL: 'silent',
        SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '64',
      },
      folder: '/',
      operator: 'test',
      untilStopped: async () => {},
    };
    const pause = async (length: number): Promise<void> => {
      await meanwhile();
      clock.advance(length);
    };
    expect(await run(['keys', 'rotate-master', '--json'], terminal, { clock, pause })).toBe(0);
    return JSON.parse(out);
  }

  it('while people sign in: no login and no token fails, before the server has noticed and after', async () => {
    let isTurning = true;
    const marks: string[] = [];
    const load = ['a0000011', 'a0000012', 'a0000013'].map(async (loginName) => {
      await sekisho.addAccount({ loginName });
      while (isTurning) {
        const { callback, begun } = await logIn(sekisho, party, new CookieBrowser(), { loginName });
        expect((await exchange(party, callback, begun)).id_token).toBeDefined();
        marks.push(sekisho.ground.masterKey.id);
      }
    });
    const someMore = async () => {
      const soFar = marks.length;
      while (marks.length < soFar + 6) await new Promise((resolve) => setImmediate(resolve));
    };
    const before = sekisho.ground.masterKey.id;
    await someMore();
    const told = await rotate(async () => {
      // Everything is sealed again already, and the server still seals under the old key.
      await someMore();
      await sekisho.app.followRing();
    });
    const after = sekisho.ground.masterKey.id;
    expect(told).toMatchObject({ stage: 'in_force', masterKey: { id: after }, retired: [{ id: before }] });
    await someMore();
    isTurning = false;
    await Promise.all(load);
    expect(new Set(marks)).toEqual(new Set([before, after]));
    const { store } = sekisho.ground.world;
    expect(new Set((await readKeys(store)).map(({ sealed }) => keyIdOf(sealed)))).toEqual(new Set([after]));
  });

  it('behind a page that is open: its form is taken afterwards, and the browser is still known', async () => {
    const browser = new CookieBrowser();
    await logIn(sekisho, party, browser);
    const begun = await beginRequest(party, { prompt: 'login' });
    const { page } = await follow(browser, sekisho.issuer, begun.url);
    if (!page) throw new TypeError('no login page was shown');
    await rotate(() => sekisho.app.followRing());
    await sekisho.app.followRing();
    const { left } = await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
    expect(left?.href).toContain(party.redirectUri);
  });

  it('under a server that has not noticed: what it seals late is sealed again before the old key goes', async () => {
    const account = await sekisho.addAccount({ loginName: 'a0000002' });
    const { ground } = sekisho;
    const before = ground.masterKey.id;
    const told = await rotate(async () => {
      expect(ground.masterKey.id).toBe(before);
      await suspendAccount(ground.world, ground, operator, account, 'drill');
    });
    expect(told).toMatchObject({ stage: 'in_force' });
    await sekisho.app.followRing();
    const { records } = await ground.world.store.find(notices, { index: 'byTime' });
    expect(records.length).toBeGreaterThan(0);
    expect(new Set(records.map(({ content = '' }) => keyIdOf(content)))).toEqual(new Set([ground.masterKey.id]));
  });
});
