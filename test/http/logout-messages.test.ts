/** What is owed to services gets there, or is seen not to have: also where services are down, silent, or of another mind. */

import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { days, hours, minutes } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { commandLine } from '../cli/command-line.ts';
import { type LogoutListener, openLogoutListener } from '../support/logout-listener.ts';
import { logIn, submit } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enter, openService } from './enter.ts';
import { type ListeningParties, openListeningParties } from './listening-parties.ts';

const cli = commandLine();
let scene: ListeningParties;
beforeEach(async () => {
  scene = await openListeningParties();
});
afterEach(() => scene.close());

async function logOut(): Promise<void> {
  const { browser, sekisho } = scene;
  await submit(browser, sekisho.issuer, await browser.visit(`${sekisho.issuer}/logout`), { logout: 'yes' });
}

const states = async () =>
  (await listNotices(scene.sekisho.ground.world, { kind: 'logout' })).records.map(({ state }) => state).toSorted();

describe('a service that is down', () => {
  it('for a day is told when it is back, once, and keeps nobody else waiting', async () => {
    const { library, other, clock, turn } = scene;
    await other.goDown();
    await logOut();
    for (let hour = 0; hour < 24; hour += 1) {
      await turn('logout-messages');
      clock.advance(hours(1));
    }
    expect(library.heard).toHaveLength(1);
    expect(await states()).toEqual(['due', 'sent']);
    await other.goUp();
    await turn('logout-messages');
    expect(await other.claims()).toEqual([expect.objectContaining({ sid: other.idToken.claims.sid })]);
    expect(await states()).toEqual(['sent', 'sent']);
    clock.advance(days(1));
    await turn('logout-messages');
    expect([library.heard.length, other.heard.length]).toEqual([1, 1]);
  });

  it('or silent slows neither a login nor what another service is told', async () => {
    const { sekisho, library, other, turn } = scene;
    let silent: ServerResponse | undefined;
    other.answer = (response) => {
      silent = response;
    };
    await logOut();
    const turning = turn('logout-messages');
    await Promise.all([other.until(1), library.until(1)]);
    await logIn(sekisho, library.party);
    expect(await states()).toContain('sending');
    silent?.end();
    expect(await turning).toBe('done');
    expect(await states()).toEqual(['sent', 'sent']);
  });

  it('for good is given up, and seen by the operator', async () => {
    const { other, clock, turn, sekisho } = scene;
    other.answer = (response) => void response.writeHead(404).end();
    await logOut();
    for (let passed = 0; passed <= 3 * 24; passed += 1) {
      await turn('logout-messages');
      clock.advance(hours(1));
    }
    const { config } = sekisho.ground;
    const environment = { SEKISHO__STORE__URL: config.store.url, SEKISHO__KEYS__DIRECTORY: config.keys.directory };
    const listed = await cli().sekisho(['outbox', 'list'], { environment, edges: { clock } });
    expect(listed.out).toMatch(/logout oidc other +│ a0123456.*dead.*: status 404/);
    const tried = other.heard.length;
    clock.advance(days(1));
    await turn('logout-messages');
    expect(other.heard).toHaveLength(tried);
  });
});

describe('a service that refuses one message', () => {
  it('is asked again for an hour, while the others go to it, and then the message is dead', async () => {
    const { sekisho, library, clock, turn } = scene;
    const refused = scene.library.idToken.claims.sid;
    library.answer = (response) => void response.writeHead(400).end();
    await logOut();
    await turn('logout-messages');
    library.answer = (response) => void response.end();
    const again = await enter(sekisho, library.party);
    await submit(again.browser, sekisho.issuer, await again.browser.visit(`${sekisho.issuer}/logout`), {});
    await turn('logout-messages');
    const sids = (await library.claims()).map(({ sid }) => sid);
    expect(sids).toHaveLength(2);
    expect(sids[1]).not.toBe(refused);
    library.answer = (response) => void response.writeHead(400).end('{"error":"invalid_request"}');
    for (let passed = 0; passed < 3; passed += 1) {
      clock.advance(minutes(30));
      await turn('logout-messages');
    }
    expect(await states()).toEqual(['dead', 'sent', 'sent']);
    const { records } = await listNotices(sekisho.ground.world, { kind: 'logout', state: 'dead' });
    expect(records).toMatchObject([{ lastError: 'status 400 invalid_request' }]);
  });
});

describe('a message', () => {
  it('is sent again, as another token, where this node ended before it wrote down that it was accepted', async () => {
    const { sekisho, library, clock, turn } = scene;
    const { world, logoutDelivery } = sekisho.ground;
    await logOut();
    const commit: typeof world.store.commit = async (writes) => {
      const isSettling = writes.some((write) => 'record' in write && 'settledAt' in write.record);
      if (isSettling) throw new Error('the power failed');
      await world.store.commit(writes);
    };
    const failing = { ...world, store: { ...world.store, commit } };
    const moment = { world: failing, signal: new AbortController().signal, log: openLog('silent') };
    await expect(deliverDue(logoutDelivery, moment, ['logout'])).rejects.toThrow('the power failed');
    expect(await states()).toEqual(['sending', 'sending']);
    clock.advance(minutes(3));
    await turn('logout-messages');
    expect(await states()).toEqual(['sent', 'sent']);
    expect(new Set(library.heard.map(({ token }) => token)).size).toBe(2);
  });

  it('is signed by the key that is active when it goes out, whatever happened to the one of its time', async () => {
    const { sekisho, other, turn, clock } = scene;
    await other.goDown();
    await logOut();
    await turn('logout-messages');
    const { config } = sekisho.ground;
    const environment = { SEKISHO__STORE__URL: config.store.url, SEKISHO__KEYS__DIRECTORY: config.keys.directory };
    const rotate = ['keys', 'rotate', '--emergency', '--yes'];
    const rotated = await cli().sekisho(rotate, { environment, edges: { clock } });
    expect(rotated).toMatchObject({ exitCode: 0 });
    await sekisho.app.followRing();
    await other.goUp();
    clock.advance(minutes(2));
    await turn('logout-messages');
    expect(await other.claims()).toHaveLength(1);
    const before = decodeProtectedHeader(other.idToken.raw).kid;
    expect(decodeProtectedHeader(other.heard[0]?.token ?? '').kid).not.toBe(before);
  });
});

describe('a node that runs', () => {
  let sekisho: TestSekisho;
  let service: LogoutListener;
  beforeEach(async () => {
    [sekisho, service] = [await startSekisho(), await openLogoutListener()];
  });
  afterEach(async () => {
    await sekisho.close();
    await service.goDown();
  });

  it('tells a service by itself, within moments', async () => {
    await sekisho.addAccount();
    const party = await openService(sekisho, { oidc: { backchannelLogoutUri: service.url } });
    const { browser } = await enter(sekisho, party);
    await submit(browser, sekisho.issuer, await browser.visit(`${sekisho.issuer}/logout`), {});
    await service.until(1);
    expect(service.heard).toMatchObject([{ method: 'POST' }]);
  });
});
