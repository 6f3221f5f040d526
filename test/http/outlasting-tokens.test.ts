/** Tokens that were given to outlast their session do not outlast the password by which they were got. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setPassword } from '../../src/core/credentials/set-password.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { suspendAccount, unlockAccount } from '../../src/core/people/suspend.ts';
import type { Stored } from '../../src/store/port.ts';
import { operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enterForLong, openService } from './enter.ts';
import { basic, post, userinfo } from './program.ts';

let sekisho: TestSekisho;
let account: Stored<Account>;
let tokens: Awaited<ReturnType<typeof enterForLong>>['tokens'];
beforeEach(async () => {
  sekisho = await startSekisho();
  account = await sekisho.addAccount();
  ({ tokens } = await enterForLong(sekisho, await openService(sekisho)));
});
afterEach(() => sekisho.close());

const refresh = () =>
  post(
    sekisho,
    '/oidc/token',
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' },
    basic('library'),
  );

async function read(id: string): Promise<Stored<Account>> {
  const found = await sekisho.ground.world.store.get(accounts, id);
  if (!found) throw new Error('no account');
  return found;
}

async function changePassword({ id, personId }: Account): Promise<void> {
  const { world, passwordKeeping } = sekisho.ground;
  const person = await world.store.get(people, personId);
  if (!person) throw new Error('no person');
  const change = { account: await read(id), person, password: 'Higashi8yamaTobi', by: 'operator' as const };
  expect(await setPassword(world, passwordKeeping, operator, change)).not.toMatchObject({ kind: 'refused' });
}

async function suspendAndUnlock({ id }: Account): Promise<void> {
  const { world } = sekisho.ground;
  await suspendAccount(world, sekisho.ground, operator, await read(id), 'a test');
  await unlockAccount(world, sekisho.ground, operator, await read(id));
}

describe('a refresh token', () => {
  it('works while nothing has happened, and where it happened to somebody else', async () => {
    const other = await sekisho.addAccount({ loginName: 'a0222222' });
    await changePassword(other);
    await suspendAndUnlock(other);
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(200);
    expect((await refresh()).status).toBe(200);
  });

  it('ends with the password, and the access token with it', async () => {
    await changePassword(account);
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(401);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('does not come back when a suspension is lifted', async () => {
    await suspendAndUnlock(account);
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(401);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});
