/** Codes and access tokens are stored nowhere when they are issued; what takes them back must reach them all the same. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { turningUses } from '../../src/core/keys/plan-rotation.ts';
import { turnRing, turnRingNow } from '../../src/core/keys/turn-ring.ts';
import { accounts } from '../../src/core/people/account.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import { endSession } from '../../src/core/sessions/end.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { oidcRecords } from '../../src/protocols/oidc/record.ts';
import { usedCodes } from '../../src/protocols/oidc/used-code.ts';
import { revokeGrant } from '../../src/protocols/oidc/revoke-grant.ts';
import { operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { arrive, basic, post, redeem, userinfo } from './program.ts';
import { recordsIn } from './records-in.ts';

let sekisho: TestSekisho;
beforeEach(async () => {
  sekisho = await startSekisho();
});
afterEach(() => sekisho.close());

const introspect = async (token: unknown) =>
  (await post(sekisho, '/oidc/introspect', { token: String(token) }, basic('library'))).body.active;

/** At both places where a service shows it. */
const isGood = async (token: unknown) => ({
  userinfo: (await userinfo(sekisho, token)).status === 200,
  introspection: await introspect(token),
});
const good = { userinfo: true, introspection: true };
const dead = { userinfo: false, introspection: false };

async function onlySession() {
  const { store } = sekisho.ground.world;
  const [account] = (await store.find(accounts, { index: 'byLoginName', equals: ['a0123456'] })).records;
  const [session] = (await store.find(sessions, { index: 'byAccount', equals: [account?.id ?? ''] })).records;
  if (!account || !session) throw new Error('nobody is signed in');
  return { account, session, grantId: session.participants[0]?.handles.grantId ?? '' };
}

/** As if every length of the calendar were over: each call is its next step. */
async function turnByCalendar(): Promise<void> {
  const { world, turning } = sekisho.ground;
  const rule = { period: 0, publishAhead: 0, keepRetired: days(1) };
  const rules = Object.fromEntries(turningUses.map((use) => [use, rule])) as typeof turning.rules;
  await turnRing(world, { ...turning, rules }, operator);
  await sekisho.app.followRing();
}

describe('a code and its access token', () => {
  it('are written down only as the mark that the code was used', async () => {
    const { fields } = await arrive(sekisho);
    const [before, used] = [recordsIn(sekisho, oidcRecords), recordsIn(sekisho, usedCodes)];
    const { body } = await redeem(sekisho, fields);
    expect(recordsIn(sekisho, oidcRecords)).toBe(before);
    expect(recordsIn(sekisho, usedCodes)).toBe(used + 1);
    expect(await isGood(body.access_token)).toEqual(good);
  });

  it('fit into an address and a header of ordinary length', async () => {
    const { callback, fields } = await arrive(sekisho, { scope: 'openid profile email affiliation' });
    const { body } = await redeem(sekisho, fields);
    expect(callback.href.length).toBeLessThan(1_000);
    expect(String(body.access_token).length).toBeLessThan(500);
  });

  it('are known by an id where what they say is long', async () => {
    const { callback, fields } = await arrive(sekisho, { nonce: 'n'.repeat(2_000) });
    expect(callback.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
    const { body } = await redeem(sekisho, fields);
    expect(await isGood(body.access_token)).toEqual(good);
    expect(await redeem(sekisho, fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await isGood(body.access_token)).toEqual(dead);
  });

  it('are refused after one flipped character', async () => {
    const { fields } = await arrive(sekisho);
    const flip = (value: unknown) => String(value).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    expect(await redeem(sekisho, { ...fields, code: flip(fields.code) })).toMatchObject({ status: 400 });
    const { body } = await redeem(sekisho, fields);
    expect(await isGood(flip(body.access_token))).toEqual(dead);
  });

  it('are refused in each other’s place', async () => {
    const { fields } = await arrive(sekisho);
    expect(await isGood(fields.code)).toEqual(dead);
    const { body } = await redeem(sekisho, fields);
    expect(await redeem(sekisho, { ...fields, code: String(body.access_token) })).toMatchObject({ status: 400 });
  });

  it('go out to one of many who present the code at once, and the tokens die', async () => {
    const { fields } = await arrive(sekisho);
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(sekisho, fields)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    for (const { body } of won) expect(await isGood(body.access_token)).toEqual(dead);
    expect(await redeem(sekisho, fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('an access token that nobody has stored is dead', () => {
  const token = async () => {
    const { body } = await redeem(sekisho, (await arrive(sekisho)).fields);
    expect(await isGood(body.access_token)).toEqual(good);
    return body.access_token;
  };

  it('when it is revoked', async () => {
    const revoked = await token();
    await post(sekisho, '/oidc/revoke', { token: String(revoked) }, basic('library'));
    expect(await isGood(revoked)).toEqual(dead);
  });

  it('when its session has ended', async () => {
    const orphan = await token();
    const { session } = await onlySession();
    await endSession(sekisho.ground.world, sekisho.ground.derivedSessions, operator, session, 'logout');
    expect(await isGood(orphan)).toEqual(dead);
  });

  it('when its account is suspended', async () => {
    const orphan = await token();
    const { account } = await onlySession();
    await suspendAccount(sekisho.ground.world, sekisho.ground, operator, account, 'a test');
    expect(await isGood(orphan)).toEqual(dead);
  });

  it('when its grant is revoked', async () => {
    const orphan = await token();
    await revokeGrant(sekisho.ground.world, (await onlySession()).grantId);
    expect(await isGood(orphan)).toEqual(dead);
  });
});

describe('when the keys turn', () => {
  it('by the calendar, what was sealed before goes on being good', async () => {
    const { fields } = await arrive(sekisho);
    const first = String(fields.code).split('.')[0];
    // Made, then used.
    await turnByCalendar();
    await turnByCalendar();
    const { body, status } = await redeem(sekisho, fields);
    expect(status).toBe(200);
    expect(String(body.access_token).split('.')[0]).not.toBe(first);
    expect(await isGood(body.access_token)).toEqual(good);
  });

  it('at once, codes and tokens are refused', async () => {
    const arrived = await arrive(sekisho);
    const { body } = await redeem(sekisho, arrived.fields);
    await turnRingNow(sekisho.ground.world, sekisho.ground.turning, operator, ['token-sealing']);
    await sekisho.app.followRing();
    expect(await isGood(body.access_token)).toEqual(dead);
    expect(await redeem(sekisho, arrived.fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});
