import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/base/digest.ts';
import { minutes } from '../../src/base/duration.ts';
import { DomainError } from '../../src/base/errors.ts';
import { systemIds } from '../../src/base/ids.ts';
import { masterKeyOf } from '../../src/core/keys/master-key.ts';
import { masterKeyUses } from '../../src/core/keys/master-key-use.ts';
import { loadMasterKey, type MasterKeys } from '../../src/core/keys/master-keys.ts';
import { type PostedRequests, postedRequests, postedRequestsOf } from '../../src/login/posted-request.ts';
import { keptLengths, requestAllowance } from '../../src/login/request-allowance.ts';
import { freshWorld } from '../core/fresh-world.ts';

const fresh = freshWorld(postedRequests, keptLengths);
let posted: PostedRequests;
let checked: number;
beforeEach(() => {
  posted = of('oidc');
  checked = 0;
});

function of(protocol: 'oidc' | 'saml', masterKey = fresh().masterKey): PostedRequests {
  const { world } = fresh();
  const allowance = requestAllowance(world, masterKey, { addressMiB: 1, totalMiB: 2 });
  return postedRequestsOf({ world, masterKey, allowance }, protocol);
}

const from = { address: '192.0.2.1' };
const checkAsker = async (): Promise<void> => {
  checked += 1;
};
const keep = (parameters: string) => posted.keep({ parameters, from, checkAsker });

const short = 'client_id=kulasis&state=a%20b';
/** Nothing that could be packed closer. */
const long = `client_id=kulasis&request=${randomBytes(6_000).toString('hex')}`;
const kept = (handle: string) => fresh().world.store.get(postedRequests, digestOf(`posted-request:oidc:${handle}`));

describe.each([
  ['short', short],
  ['long', long],
])('a %s posted request', (_how, parameters) => {
  it('is read as it was posted, again too', async () => {
    const handle = await keep(parameters);
    expect(handle).toMatch(/^[\w.-]{1,4000}$/);
    expect(await posted.read(handle)).toBe(parameters);
    expect(await posted.read(handle)).toBe(parameters);
  });

  it('is kept for five minutes', async () => {
    const handle = await keep(parameters);
    fresh().clock.advance(minutes(5) - 1);
    expect(await posted.read(handle)).toBe(parameters);
    fresh().clock.advance(1);
    expect(await posted.read(handle)).toBeUndefined();
  });

  it('has a name of its own each time', async () => {
    expect(await keep(parameters)).not.toBe(await keep(parameters));
  });

  it('is nothing to the other protocol', async () => {
    expect(await of('saml').read(await keep(parameters))).toBeUndefined();
  });
});

describe('a short one', () => {
  it('leaves nothing in the store, and nobody is asked for', async () => {
    const handle = await keep(short);
    expect(await kept(handle)).toBeUndefined();
    expect(checked).toBe(0);
  });

  it('shows nobody on the way what was asked', async () => {
    const handle = await keep('login_hint=a0123456');
    expect(Buffer.from(handle.split('.')[2] ?? '', 'base64url').includes('a0123456')).toBe(false);
  });

  it.each<[string, (handle: string) => string]>([
    ['altered', (handle) => `${handle.slice(0, -4)}AAAA`],
    ['cut', (handle) => handle.slice(0, -30)],
    ['named for another key', (handle) => `other${handle.slice(handle.indexOf('.'))}`],
    ['nothing but dots', () => '..'],
  ])('is not read when it was %s', async (_how, change) => {
    expect(await posted.read(change(await keep(short)))).toBeUndefined();
  });

  it('of another installation is not read', async () => {
    const other = of('oidc', masterKeyOf(Buffer.alloc(32, 2)));
    expect(await other.read(await keep(short))).toBeUndefined();
  });
});

describe('a short one, sealed under a master key that this node has not met', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sekisho-posted-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  /** What is not in force, only a stranger names. */
  async function turned(isInForce: boolean): Promise<{ readonly there: MasterKeys; readonly handle: string }> {
    const [here, there] = [loadMasterKey(directory, systemIds), loadMasterKey(directory, systemIds)];
    const { id: leaving } = here;
    const { id: next } = here.directory.draft(randomBytes(32));
    here.directory.publish(next);
    here.sealUnder(next);
    const use = { id: 'master' as const, inForce: isInForce ? next : leaving, since: 0, retired: [] };
    await fresh().put(masterKeyUses, use);
    posted = of('oidc', here);
    return { there, handle: await keep(short) };
  }

  it('is read where that key is in force: the master key has just turned', async () => {
    const { there, handle } = await turned(true);
    expect(await of('oidc', there).read(handle)).toBe(short);
  });

  it('has nobody look for other keys that strangers name', async () => {
    const { there, handle } = await turned(false);
    expect(await of('oidc', there).read(handle)).toBeUndefined();
    expect(there.known(handle.split('.')[0] ?? '')).toBeUndefined();
  });
});

describe('a long one', () => {
  it('is not read by what the store holds, nor by a made-up name', async () => {
    const handle = await keep(long);
    expect(await kept(handle)).toBeDefined();
    expect(await posted.read(digestOf(`posted-request:oidc:${handle}`))).toBeUndefined();
    expect(await posted.read('')).toBeUndefined();
  });

  it('is kept for nobody who is not known', async () => {
    const stranger = new DomainError('connection.not_found');
    const refused = posted.keep({ parameters: long, from, checkAsker: () => Promise.reject(stranger) });
    await expect(refused).rejects.toBe(stranger);
    await keep(long);
    expect(checked).toBe(1);
  });

  it('is refused when the address has had its share, and short ones go on', async () => {
    const megabyte = randomBytes(400_000).toString('hex');
    await keep(megabyte);
    await expect(keep(megabyte)).rejects.toMatchObject({ code: 'request.too_many' });
    expect(await posted.read(await keep(short))).toBe(short);
  });
});
