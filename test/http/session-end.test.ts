/** However a session ends, each service that was entered in it is told, once, of its own `sid` and `sub`. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { hours } from '../../src/base/duration.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import { sessionsOf } from '../../src/core/sessions/keep.ts';
import { replace } from '../../src/store/port.ts';
import { commandLine } from '../cli/command-line.ts';
import { follow, submit } from '../support/relying-party.ts';
import { operator } from '../support/sekisho.ts';
import { ask, enter, openService } from './enter.ts';
import { type ListeningParties, openListeningParties } from './listening-parties.ts';
import { type OwnPages, ownPages } from './own-pages.ts';

const cli = commandLine();
let scene: ListeningParties;
beforeEach(async () => {
  scene = await openListeningParties();
});
afterEach(() => scene.close());

async function logOutAtPortal(): Promise<void> {
  const { browser, sekisho } = scene;
  const page = await browser.visit(`${sekisho.issuer}/logout`);
  await submit(browser, sekisho.issuer, page, { logout: 'yes' });
}

async function logOutFromService(): Promise<void> {
  const { browser, sekisho, library } = scene;
  const url = client.buildEndSessionUrl(library.party.config, { id_token_hint: library.idToken.raw });
  const { page } = await follow(browser, sekisho.issuer, url);
  if (!page) throw new Error('nobody was asked');
  await submit(browser, sekisho.issuer, page, { logout: 'yes' });
}

async function logInAsSomebodyElse(): Promise<void> {
  const { browser, sekisho, library } = scene;
  await sekisho.addAccount({ loginName: 'a0222222' });
  const { page } = await ask(sekisho, library.party, browser, { prompt: 'login' });
  if (!page) throw new Error('no login page');
  await submit(browser, sekisho.issuer, page, { username: 'a0222222', password: 'Kamo7gawaTobi' });
}

async function suspend(): Promise<void> {
  const { ground } = scene.sekisho;
  const account = await accountByLoginName(ground.world.store, 'a0123456');
  if (!account) throw new Error('no account');
  await suspendAccount(ground.world, ground, operator, account, 'a test');
}

async function fromAnotherBrowser(act: (own: OwnPages, sessionId: string) => Promise<unknown>): Promise<void> {
  const { sekisho, clock } = scene;
  const { world } = sekisho.ground;
  const account = await accountByLoginName(world.store, 'a0123456');
  const [session] = await sessionsOf(world, account?.id ?? '');
  const own = ownPages(sekisho, clock);
  await own.prove(await own.visit('/login'));
  await act(own, session?.id ?? '');
}

/** From another process, on the same store. */
async function command(argv: readonly string[], input = ''): Promise<void> {
  const { config } = scene.sekisho.ground;
  const environment = { SEKISHO__STORE__URL: config.store.url, SEKISHO__KEYS__DIRECTORY: config.keys.directory };
  const { exitCode, err } = await cli().sekisho(argv, { environment, input, edges: { clock: scene.clock } });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
}

async function beIdle(): Promise<void> {
  scene.clock.advance(hours(2));
  expect(await scene.turn('session-expiry')).toBe('done');
}

async function growOld(): Promise<void> {
  for (let hour = 0; hour < 12; hour += 1) {
    scene.clock.advance(hours(1));
    await scene.browser.visit(scene.sekisho.issuer);
  }
  expect(await scene.turn('session-expiry')).toBe('done');
}

const ended = async () => {
  const { store } = scene.sekisho.ground.world;
  const { records } = await store.find(auditEvents, { index: 'byType', equals: ['session.ended'] });
  return records.map(({ actor, facts }) => ({ by: actor.kind, cause: 'cause' in facts ? facts.cause : undefined }));
};
const owed = async () => (await listNotices(scene.sekisho.ground.world, { kind: 'logout' })).records;

const ways: readonly (readonly [string, { by: string; cause: string }, () => Promise<void>])[] = [
  ['at the portal', { by: 'person', cause: 'logout' }, logOutAtPortal],
  ['from a service', { by: 'person', cause: 'logout' }, logOutFromService],
  ['when somebody else signs in', { by: 'person', cause: 'other_account' }, logInAsSomebodyElse],
  ['by a suspension', { by: 'operator', cause: 'suspended' }, suspend],
  [
    'by the command that suspends',
    { by: 'operator', cause: 'suspended' },
    () => command(['accounts', 'suspend', 'a0123456', '--reason', 'a test']),
  ],
  [
    'by the command that sets a password',
    { by: 'operator', cause: 'password_changed' },
    () => command(['accounts', 'set-password', 'a0123456'], 'Higashi8yamaTobi\n'),
  ],
  [
    'from another browser of its owner',
    { by: 'person', cause: 'ended_by_owner' },
    () => fromAnotherBrowser(async ({ post }, session) => post('/account/sessions', { session })),
  ],
  [
    'with all others of its owner',
    { by: 'person', cause: 'ended_by_owner' },
    () => fromAnotherBrowser(async ({ post }) => post('/account/sessions/others')),
  ],
  ['by idleness', { by: 'system', cause: 'idle' }, beIdle],
  ['by its age', { by: 'system', cause: 'lifetime' }, growOld],
];

describe('a session that ends', () => {
  it.each(ways)('%s is told to both services', async (_way, told, end) => {
    const { library, other, turn } = scene;
    await end();
    expect(await ended()).toEqual([told]);
    expect(await turn('logout-messages')).toBe('done');
    for (const service of [library, other]) {
      const { sid, sub, aud } = service.idToken.claims;
      expect(sid).toEqual(expect.any(String));
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
      expect(await service.claims()).toEqual([expect.objectContaining({ sid, sub, aud, events })]);
    }
    expect((await library.claims())[0]?.sub).not.toBe((await other.claims())[0]?.sub);
    await turn('logout-messages');
    await turn('session-expiry');
    expect([library.heard.length, other.heard.length]).toEqual([1, 1]);
    expect((await owed()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('in two tabs at once has ended once', async () => {
    await Promise.all([logOutAtPortal(), logOutAtPortal(), logOutFromService()]);
    expect(await ended()).toHaveLength(1);
    expect(await owed()).toHaveLength(2);
  });

  it('is told to nobody who did not ask for it', async () => {
    const { sekisho, browser } = scene;
    await enter(sekisho, await openService(sekisho, { id: 'deaf' }), {}, browser);
    await logOutAtPortal();
    expect((await owed()).map(({ topic }) => topic).toSorted()).toEqual(['oidc library', 'oidc other']);
  });

  it('is told to a service that was suspended when it is so no more', async () => {
    const { sekisho, other, clock, turn } = scene;
    const { store } = sekisho.ground.world;
    const put = async (state: 'active' | 'suspended') => {
      const connection = await store.get(connections, 'other');
      if (!connection) throw new Error('no such connection');
      await store.commit([replace(connections, { ...connection, state })]);
    };
    await put('suspended');
    await logOutAtPortal();
    await turn('logout-messages');
    expect(other.heard).toEqual([]);
    await put('active');
    clock.advance(hours(1));
    await turn('logout-messages');
    expect(await other.claims()).toEqual([expect.objectContaining({ sid: other.idToken.claims.sid })]);
  });

  it('is over from that instant on, before the job has ended it', async () => {
    const { clock, sekisho, browser, library } = scene;
    clock.advance(hours(2));
    const { page } = await ask(sekisho, library.party, browser);
    expect(page?.html).toContain('name="password"');
    expect((await browser.visit(sekisho.issuer)).html).not.toContain('京都 花子');
  });
});
