import { describe, expect, it } from '@jest/globals';
import { delayAfter, type ThrottleRule, type Try, throttle } from '../../../src/core/credentials/throttle.ts';
import { freshWorld } from '../fresh-world.ts';

const rule: ThrottleRule = {
  account: { free: 3, firstDelay: 1_000, longestDelay: 6_000, forgetAfter: 60_000 },
  address: { free: 30, firstDelay: 500, longestDelay: 2_000, forgetAfter: 60_000 },
};
const hanako: Try = { loginName: 'a0123456', address: '192.0.2.1' };

describe('delayAfter', () => {
  it.each([
    [0, 0],
    [2, 0],
    [3, 1_000],
    [4, 2_000],
    [5, 4_000],
    [6, 6_000],
    [7, 6_000],
    [5_000, 6_000],
  ])('after %i tries is %i ms', (tries, delay) => {
    expect(delayAfter(rule.account, tries)).toBe(delay);
  });
});

describe('throttle', () => {
  const fresh = freshWorld();
  const gate = (changed: Partial<ThrottleRule> = {}) =>
    throttle(fresh().world, fresh().masterKey, { ...rule, ...changed });
  const chargeTimes = async (times: number, attempted: Try = hanako, at = gate()) => {
    for (let i = 0; i < times; i += 1) expect(await at.charge(attempted)).toEqual({ kind: 'charged' });
  };

  it('lets the free tries through, then says until when there is none', async () => {
    await chargeTimes(3);
    expect(await gate().charge(hanako)).toEqual({ kind: 'throttled', until: fresh().clock.now() + 1_000 });
  });

  it('takes a free try for no wait where the clock of the next node is behind', async () => {
    await chargeTimes(1);
    fresh().clock.advance(-60_000);
    await chargeTimes(1);
  });

  it('makes each further wait twice as long, up to the longest, and never closes for good', async () => {
    await chargeTimes(3);
    for (const wait of [1_000, 2_000, 4_000, 6_000, 6_000]) {
      const { clock } = fresh();
      expect(await gate().charge(hanako)).toEqual({ kind: 'throttled', until: clock.now() + wait });
      clock.advance(wait);
      await chargeTimes(1);
    }
  });

  it('does not count a try that it refuses', async () => {
    await chargeTimes(3);
    for (let i = 0; i < 5; i += 1) await gate().charge(hanako);
    fresh().clock.advance(1_000);
    await chargeTimes(1);
    expect(await gate().charge(hanako)).toMatchObject({ until: fresh().clock.now() + 2_000 });
  });

  it('forgets after a while without tries', async () => {
    await chargeTimes(3);
    fresh().clock.advance(60_001);
    await chargeTimes(3);
  });

  it('starts the account anew after a right password, and gives the address its try back', async () => {
    const narrow = gate({ address: { ...rule.address, free: 3 } });
    await chargeTimes(2, hanako, narrow);
    await fresh().world.store.commit(narrow.forgive(hanako));
    await chargeTimes(2, hanako, narrow);
    // Two wrong ones and two since: three are counted, since one was forgiven.
    expect(await narrow.charge({ ...hanako, loginName: 'a0999999' })).toMatchObject({ kind: 'throttled' });
    await chargeTimes(1, { ...hanako, address: '192.0.2.9' }, narrow);
  });

  it('counts a login name on every address', async () => {
    for (const last of [1, 2, 3]) await chargeTimes(1, { ...hanako, address: `192.0.2.${last}` });
    expect(await gate().charge({ ...hanako, address: '192.0.2.4' })).toMatchObject({ kind: 'throttled' });
  });

  it.each([
    ['one address', '192.0.2.1', '192.0.2.1', 'throttled'],
    ['another address', '192.0.2.1', '192.0.2.2', 'charged'],
    ['one IPv6 /64', '2001:db8:1:2::1', '2001:db8:1:2:ffff:9:9:9', 'throttled'],
    ['another IPv6 /64', '2001:db8:1:2::1', '2001:db8:1:3::1', 'charged'],
    ['a short form of the same /64', '2001:db8::1', '2001:db8:0:0:5::', 'throttled'],
    ['another IPv4 address, written as IPv6', '::ffff:192.0.2.1', '::ffff:192.0.2.2', 'charged'],
  ])('counts all login names of %s together or apart', async (_what, first, second, kind) => {
    const narrow = gate({ address: { ...rule.address, free: 2 } });
    await chargeTimes(1, { loginName: 'a0000001', address: first }, narrow);
    await chargeTimes(1, { loginName: 'a0000002', address: first }, narrow);
    expect(await narrow.charge({ loginName: 'a0000003', address: second })).toMatchObject({ kind });
  });

  it('counts a browser that knows the account apart from strangers', async () => {
    await chargeTimes(3);
    await chargeTimes(3, { ...hanako, knownBrowser: 'mark' });
    expect(await gate().charge({ ...hanako, knownBrowser: 'mark' })).toMatchObject({ kind: 'throttled' });
  });

  it('keeps the lasting count of such a browser apart too, and clears neither with a success', async () => {
    const lasting = { free: 4, firstDelay: 50_000, longestDelay: 50_000, forgetAfter: 60_000 };
    const strict = gate({ lasting });
    const known = { ...hanako, knownBrowser: 'mark' };
    for (const attempted of [hanako, known]) {
      await chargeTimes(2, attempted, strict);
      await fresh().world.store.commit(strict.forgive(attempted));
      await chargeTimes(3, attempted, strict);
      expect(await strict.charge(attempted)).toEqual({ kind: 'throttled', until: fresh().clock.now() + 50_000 });
    }
  });

  it('leaves the count of strangers as it is when the owner gets in from a known browser', async () => {
    await chargeTimes(3);
    await fresh().world.store.commit(gate().forgive({ ...hanako, knownBrowser: 'mark' }));
    expect(await gate().charge(hanako)).toMatchObject({ kind: 'throttled' });
  });

  it('lets exactly the free tries through when twenty come at once', async () => {
    const charges = await Promise.all(Array.from({ length: 20 }, () => gate().charge(hanako)));
    expect(charges.filter(({ kind }) => kind === 'charged')).toHaveLength(3);
  });

  it('lets twenty people through who come at once from one address', async () => {
    const people = Array.from({ length: 20 }, (_, i) => ({ ...hanako, loginName: `a01234${i}` }));
    const charges = await Promise.all(people.map((attempted) => gate().charge(attempted)));
    expect(charges).toEqual(people.map(() => ({ kind: 'charged' })));
  });

  it('is cleared for an account by an operator', async () => {
    await chargeTimes(3);
    await fresh().world.store.commit(gate().clear(hanako.loginName));
    await chargeTimes(3);
  });

  it('is cleared in the browsers that know the account too, each time anew, and counts on from there', async () => {
    const known = { ...hanako, knownBrowser: 'mark' };
    for (let times = 0; times < 3; times += 1) {
      await chargeTimes(3);
      await chargeTimes(3, known);
      for (const attempted of [hanako, known]) {
        expect(await gate().charge(attempted)).toMatchObject({ kind: 'throttled' });
      }
      await fresh().world.store.commit(gate().clear(hanako.loginName));
    }
    fresh().clock.advance(60_001);
    await chargeTimes(3, known);
    expect(await gate().charge(known)).toMatchObject({ kind: 'throttled' });
  });

  it('is cleared for one account, and leaves the address its count', async () => {
    const narrow = gate({ address: { ...rule.address, free: 2 } });
    await chargeTimes(1, { ...hanako, loginName: 'a0999999' }, narrow);
    await chargeTimes(1, hanako, narrow);
    await fresh().world.store.commit(narrow.clear(hanako.loginName));
    expect(await narrow.charge(hanako)).toMatchObject({ kind: 'throttled' });
  });

  it('stores neither login name nor address', async () => {
    const charged: string[] = [];
    const { world, masterKey } = fresh();
    const store = {
      ...world.store,
      get: world.store.get.bind(world.store),
      commit: (writes: Parameters<typeof world.store.commit>[0]) => {
        charged.push(JSON.stringify(writes));
        return world.store.commit(writes);
      },
    };
    await throttle({ ...world, store }, masterKey, rule).charge({
      loginName: 'mysecretpassword',
      address: '192.0.2.77',
    });
    expect(charged.join()).toMatch(/"tries":1/);
    expect(charged.join()).not.toMatch(/mysecretpassword|192\.0\.2\.77/);
  });
});
