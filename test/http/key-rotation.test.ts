import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { days } from '../../src/base/duration.ts';
import { rotationRules, turningUses } from '../../src/core/keys/plan-rotation.ts';
import { turnRing, turnRingNow } from '../../src/core/keys/turn-ring.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, logIn, openParty, type Party } from '../support/relying-party.ts';
import { operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';

describe('the key ring turns', () => {
  let sekisho: TestSekisho;
  let party: Party;
  const clock = new FakeClock();

  beforeEach(async () => {
    sekisho = await startSekisho({ clock });
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library' });
    party = await openParty(sekisho, 'library');
  });
  afterEach(() => sekisho.close());

  const turn = async (): Promise<number> => {
    const { world, turning } = sekisho.ground;
    const steps = await turnRing(world, turning, operator);
    await sekisho.app.followRing();
    return steps;
  };
  const published = async (): Promise<string[]> => {
    const set = (await (await fetch(`${sekisho.issuer}/oidc/jwks`)).json()) as { keys: { kid: string }[] };
    return set.keys.map(({ kid }) => kid);
  };
  const idToken = async (browser?: CookieBrowser): Promise<string> => {
    const { callback, begun } = await logIn(sekisho, party, browser);
    return (await exchange(party, callback, begun)).id_token ?? '';
  };

  it('publishes a key before it signs, and after it has signed', async () => {
    const before = await published();
    const first = decodeProtectedHeader(await idToken()).kid;
    clock.advance(days(84));
    expect(await turn()).toBe(5);
    const ahead = await published();
    expect(ahead).toEqual(expect.arrayContaining(before));
    expect(ahead).toHaveLength(before.length * 2);
    expect(decodeProtectedHeader(await idToken()).kid).toBe(first);

    clock.advance(days(7));
    expect(await turn()).toBe(5);
    const second = decodeProtectedHeader(await idToken()).kid;
    expect(second).not.toBe(first);
    expect(ahead).toContain(second);
    expect(await published()).toContain(first);

    clock.advance(days(14));
    expect(await turn()).toBe(5);
    expect(await published()).not.toContain(first);
  });

  it('lets nobody log in again, and no token fail, while it turns under load', async () => {
    const browser = new CookieBrowser();
    await idToken(browser);
    // Weeks pass in moments here: a service asks again for a key that it does not know without its usual pause.
    const keys = createRemoteJWKSet(new URL('/oidc/jwks', sekisho.issuer), { cooldownDuration: 0 });
    let isTurning = true;
    const verified: string[] = [];
    const load = Array.from({ length: 4 }, async () => {
      while (isTurning) {
        const token = await idToken(browser);
        const { protectedHeader } = await jwtVerify(token, keys, { issuer: sekisho.issuer, audience: 'library' });
        verified.push(protectedHeader.kid ?? '');
      }
    });
    const { world, turning, config } = sekisho.ground;
    // The calendar's own steps, at the pace of the load: made, then active, then retired.
    const hurried = rotationRules({ ...config.keys.rotation, period: 1, publishAhead: 1 }, config.keys.certificates);
    for (let round = 0; round < 6; round += 1) {
      clock.advance(1000);
      await turnRing(world, { ...turning, rules: hurried }, operator);
      await sekisho.app.followRing();
      const sofar = verified.length;
      while (verified.length < sofar + 8) await new Promise((resolve) => setImmediate(resolve));
    }
    isTurning = false;
    await Promise.all(load);
    expect(new Set(verified).size).toBeGreaterThanOrEqual(3);
  });

  it('signs with a key that nobody has seen, at once, in an emergency, and publishes the old ones no more', async () => {
    const browser = new CookieBrowser();
    const old = decodeProtectedHeader(await idToken(browser)).kid;
    const { world, turning } = sekisho.ground;
    expect(await turnRingNow(world, turning, operator, turningUses)).toBe(7);
    await sekisho.app.followRing();
    expect(await published()).not.toContain(old);
    // The single sign-on session is ours and goes on: its cookie hangs on no key.
    expect(decodeProtectedHeader(await idToken(browser)).kid).not.toBe(old);
  });
});
