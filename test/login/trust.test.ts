import { beforeEach, describe, expect, it } from '@jest/globals';
import { days, minutes } from '../../src/base/duration.ts';
import type { Connection } from '../../src/core/connections/connection.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { planEndAllTrust, trustedBrowsersOf } from '../../src/core/credentials/trusted-browser.ts';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { type Position, type Shown, subjectIn } from '../../src/login/login.ts';
import type { LoginRequest } from '../../src/login/request.ts';
import { offersTrust } from '../../src/login/trust.ts';
import { sampleConnection } from '../core/sample-records.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { answerOf, freshLogin, rightAnswer } from './fresh-login.ts';
import { sampleRequest, sampleSituation } from './sample-situation.ts';

const app = authenticatorApp(sampleSecret);
const lenient: Partial<Connection> = { requiredLevel: 'mfa', trustedBrowser: 'policy' };

const shownIn = (position: Position): Shown => {
  if (position.kind !== 'step') throw new TypeError('the login is over');
  return { step: position.decision.step.name, turn: position.attempt.version, subject: subjectIn(position.situation) };
};
const tokenIn = (position: Position): string | undefined =>
  position.kind === 'finished' ? position.trustToken : undefined;
const stepIn = (position: Position): string =>
  position.kind === 'step' ? position.decision.step.name : position.outcome.kind;

const fresh = freshLogin();
let begun = 0;

/** Password, and the code where one is asked for; answers where the login then stands. */
async function logIn({ trust = '', carried, wishes = {} }: LogIn = {}): Promise<Position> {
  const { login, clock } = fresh();
  const visitor = await fresh().visitor({ trustToken: (id) => (id === 'account-1' ? carried : undefined) });
  begun += 1;
  const handle = `handle ${begun}`;
  let at = await login.begin(handle, sampleRequest(wishes), visitor);
  at = await login.answer(handle, shownIn(at), rightAnswer, visitor);
  if (trust === 'not asked' || stepIn(at) !== 'totp') return at;
  // Each code is good once.
  clock.advance(minutes(1));
  return login.answer(handle, shownIn(at), answerOf({ code: app.codeAt(clock.now()), trust }), visitor);
}
interface LogIn {
  readonly trust?: 'yes' | '' | 'not asked';
  readonly carried?: string | undefined;
  readonly wishes?: Partial<LoginRequest>;
}
const asked = (wishes: LogIn) => logIn({ ...wishes, trust: 'not asked' });

async function trusted(): Promise<string> {
  const token = tokenIn(await logIn({ trust: 'yes' }));
  if (token === undefined) throw new Error('the browser is not trusted');
  return token;
}

beforeEach(async () => {
  begun = 0;
  const { addAccount, put, masterKey } = fresh();
  const account = await addAccount();
  await put(credentials, heldApp(masterKey, account.id));
});

describe('a browser that is trusted', () => {
  beforeEach(() => fresh().addConnection(lenient));

  it('is not asked for a second factor for seven days, where the connection allows that', async () => {
    const carried = await trusted();
    expect(stepIn(await asked({ carried }))).toBe('granted');
    fresh().clock.advance(days(7) - 1);
    expect(stepIn(await asked({ carried }))).toBe('granted');
    fresh().clock.advance(1);
    expect(stepIn(await asked({ carried }))).toBe('totp');
  });

  it('makes no level true: the session and the outcome hold a password, and nothing else', async () => {
    const position = await asked({ carried: await trusted() });
    if (position.kind !== 'finished' || position.outcome.kind !== 'granted') throw new Error('not granted');
    expect(position.outcome.factors.map(({ kind }) => kind)).toEqual(['password']);
    const session = await sessionByToken(fresh().world, position.sessionToken ?? '');
    expect(session?.factors.map(({ kind }) => kind)).toEqual(['password']);
  });

  it('is named by the audit where the login would not have passed without it, and only there', async () => {
    const carried = await trusted();
    fresh().clock.advance(1);
    await asked({ carried });
    const [browser] = await trustedBrowsersOf(fresh().world.store, 'account-1');
    const granted = (await fresh().audited()).filter(({ type }) => type === 'login.granted');
    expect(granted).toMatchObject([
      { levels: ['password', 'sfa', 'mfa'] },
      { levels: ['password', 'sfa'], trustedBrowserId: browser?.id },
    ]);
    expect(granted[0]).not.toHaveProperty('trustedBrowserId');
  });

  it('is not named where the session holds a second factor: nothing was spared', async () => {
    const first = await logIn({ trust: 'yes' });
    if (first.kind !== 'finished') throw new Error('not granted');
    fresh().clock.advance(1);
    const carrying = { trustToken: () => first.trustToken };
    await fresh().login.begin('later', sampleRequest(), await fresh().visitor(carrying, first.sessionToken));
    const granted = (await fresh().audited()).filter(({ type }) => type === 'login.granted');
    expect(granted).toHaveLength(2);
    for (const facts of granted) expect(facts).not.toHaveProperty('trustedBrowserId');
  });

  it.each<[string, Partial<LoginRequest>, string]>([
    ['a level that the service asks for in its request', { demand: { acceptable: ['mfa'], essential: true } }, 'totp'],
    ['a level that it wishes for', { demand: { acceptable: ['mfa'], essential: false } }, 'totp'],
    ['everything that is to be proven anew', { force: true }, 'totp'],
    ['a factor that may be younger only than the trust is', { maxAgeSeconds: 60 }, 'totp'],
    ['nothing of the kind', { maxAgeSeconds: 3_600 }, 'granted'],
  ])('does not stand in for %s', async (_what, wishes, expected) => {
    const carried = await trusted();
    fresh().clock.advance(minutes(5));
    expect(stepIn(await asked({ carried, wishes }))).toBe(expected);
  });

  it('is of no use to another account, and none after it was ended', async () => {
    const carried = await trusted();
    const { world } = fresh();
    expect(stepIn(await asked({ carried: `${carried}x` }))).toBe('totp');
    await world.store.commit(await planEndAllTrust(world, { kind: 'system' }, 'account-1', 'password_changed'));
    expect(stepIn(await asked({ carried }))).toBe('totp');
  });
});

describe('trusting a browser', () => {
  it('anew leaves one record of it', async () => {
    await fresh().addConnection(lenient);
    const carried = await trusted();
    fresh().clock.advance(minutes(5));
    // Too old for this request, so the box is there again.
    const again = await logIn({ trust: 'yes', carried, wishes: { maxAgeSeconds: 60 } });
    expect(await trustedBrowsersOf(fresh().world.store, 'account-1')).toHaveLength(1);
    expect(stepIn(await asked({ carried }))).toBe('totp');
    expect(stepIn(await asked({ carried: tokenIn(again) }))).toBe('granted');
  });

  it('needs the box: a code alone trusts nothing', async () => {
    await fresh().addConnection(lenient);
    expect(tokenIn(await logIn())).toBeUndefined();
    expect(await trustedBrowsersOf(fresh().world.store, 'account-1')).toEqual([]);
  });

  it.each<[string, Partial<Connection>]>([
    ['does not allow it', { requiredLevel: 'mfa' }],
    ['says no', { requiredLevel: 'mfa', trustedBrowser: 'no' }],
  ])('is nothing that a form can claim where the connection %s', async (_what, wishes) => {
    await fresh().addConnection(wishes);
    expect(tokenIn(await logIn({ trust: 'yes' }))).toBeUndefined();
  });

  it('is worth nothing at a connection that does not allow it', async () => {
    await fresh().addConnection(lenient);
    await fresh().addConnection({ id: 'strict', requiredLevel: 'mfa' });
    const carried = await trusted();
    expect(stepIn(await asked({ carried, wishes: { connectionId: 'strict' } }))).toBe('totp');
  });

  it('is offered with a factor of the person’s own, and not with what stands in for a lost one', () => {
    const situation = sampleSituation({ connection: sampleConnection(lenient) });
    const offered = ['password', 'totp', 'mail-code', 'passkey', 'recovery-code', 'temporary-pass', 'choose-factor'];
    expect(offered.filter((step) => offersTrust(situation, step))).toEqual(['totp', 'mail-code', 'passkey']);
    expect(offersTrust(sampleSituation({ connection: sampleConnection({ requiredLevel: 'mfa' }) }), 'totp')).toBe(
      false,
    );
  });
});
