/** A grant that is revoked while another request widens it stays revoked. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sessions } from '../../src/core/sessions/session.ts';
import { oidcRecordId, oidcRecords } from '../../src/protocols/oidc/record.ts';
import { revokeGrant } from '../../src/protocols/oidc/revoke-grant.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { exchange, type Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { ask, enter, openService } from './enter.ts';
import { userinfo } from './program.ts';

let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
let accountId: string;
beforeEach(async () => {
  sekisho = await startSekisho();
  accountId = (await sekisho.addAccount()).id;
  party = await openService(sekisho);
  browser = new CookieBrowser();
  await enter(sekisho, party, {}, browser);
});
afterEach(() => sekisho.close());

async function grantOfSession(): Promise<string> {
  const { store } = sekisho.ground.world;
  const [session] = (await store.find(sessions, { index: 'byAccount', equals: [accountId] })).records;
  return session?.participants[0]?.handles.grantId ?? '';
}

const standing = async (grantId: string) =>
  (await sekisho.ground.world.store.get(oidcRecords, oidcRecordId('Grant', grantId))) !== undefined;

/** Right after the grant has been read once, somebody else revokes it. Answers whether that has come to pass. */
function revokeAfterReading(grantId: string): () => boolean {
  const { world } = sekisho.ground;
  const get = world.store.get.bind(world.store);
  let isRead = false;
  world.store.get = async (collection, id) => {
    const found = await get(collection, id);
    if (id === oidcRecordId('Grant', grantId) && !isRead) {
      isRead = true;
      await revokeGrant(world, grantId);
    }
    return found;
  };
  return () => isRead;
}

describe('a request that asks for more than the grant of its session gives', () => {
  // What the grant does not give yet.
  const wider = { prompt: 'none', claims: JSON.stringify({ userinfo: { preferred_username: null } }) };
  const enterWider = async () => {
    const { begun, left } = await ask(sekisho, party, browser, wider);
    return exchange(party, left as URL, begun);
  };

  it('widens it in its place', async () => {
    const grantId = await grantOfSession();
    const before = await sekisho.ground.world.store.get(oidcRecords, oidcRecordId('Grant', grantId));
    await enterWider();
    expect(await grantOfSession()).toBe(grantId);
    const after = await sekisho.ground.world.store.get(oidcRecords, oidcRecordId('Grant', grantId));
    expect(JSON.stringify(before?.payload)).not.toContain('preferred_username');
    expect(after).toMatchObject({ payload: { openid: { claims: ['preferred_username'] } } });
    expect(after?.expiresAt).toBe(before?.expiresAt);
  });

  it('leaves it revoked, and gets another, where it is revoked after it was read', async () => {
    const grantId = await grantOfSession();
    const hasCome = revokeAfterReading(grantId);
    const tokens = await enterWider();
    expect(hasCome()).toBe(true);
    expect(await standing(grantId)).toBe(false);
    expect(await grantOfSession()).not.toBe(grantId);
    expect(await standing(await grantOfSession())).toBe(true);
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(200);
  });
});
