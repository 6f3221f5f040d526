import { describe, expect, it } from '@jest/globals';
import { ownAccount } from '../../../src/core/access/own-account.ts';
import { connections } from '../../../src/core/connections/connection.ts';
import type { PolicyCondition, PolicyRule } from '../../../src/core/policy/rule.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleConnection } from '../sample-records.ts';
import { meansOf, proven, self, settle } from './own-stage.ts';

const rule = (when: PolicyCondition, level: PolicyRule['level'] = 'mfa'): PolicyRule => ({
  name: 'a-rule',
  when,
  level,
});

describe('a factor that a rule of the policy needs', () => {
  const fresh = freshWorld();
  async function own(...rules: readonly PolicyRule[]) {
    await settle(fresh(), ['totp-1'], proven);
    await fresh().put(connections, sampleConnection());
    const account = await ownAccount(meansOf(fresh(), rules), self, 'session-1');
    if (!account) throw new Error('there is no authority');
    return account;
  }

  it.each<[string, PolicyRule]>([
    ['about everybody', rule({})],
    ['about them', rule({ roles: ['student'], accountKinds: ['ecs'] })],
    ['that holds outside, wherever they are', rule({ outsideNetworks: ['192.0.2.0/24'] })],
    ['that holds in a new browser', rule({ newDevice: true })],
  ])('is not taken away where it is the last: a rule %s', async (_which, one) => {
    const account = await own(one);
    expect(await account.demanding()).toMatchObject([{ connection: { id: 'kulasis' }, levels: ['mfa'] }]);
    const door = await account.freshly();
    expect(await door?.neededBy('totp-1')).toMatchObject([{ id: 'kulasis' }]);
    expect(await door?.remove('totp-1')).toMatchObject({ kind: 'needed', by: [{ id: 'kulasis' }] });
  });

  it.each<[string, PolicyRule]>([
    ['about others', rule({ roles: ['staff'] })],
    ['about another service', rule({ connections: ['library'] })],
  ])('is not needed by a rule %s', async (_which, one) => {
    const account = await own(one);
    expect(await account.demanding()).toEqual([]);
    expect(await (await account.freshly())?.remove('totp-1')).toEqual({ kind: 'removed' });
  });

  it('is not needed for what it does not reach', async () => {
    const account = await own(rule({}, 'phishing-resistant'));
    expect(await account.demanding()).toMatchObject([{ levels: ['phishing-resistant'] }]);
    expect(await (await account.freshly())?.remove('totp-1')).toEqual({ kind: 'removed' });
  });
});
