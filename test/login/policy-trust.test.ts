/** A trusted browser where a rule of the policy, not the connection, demands the second factor. */
import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import type { PolicyRule } from '../../src/core/policy/rule.ts';
import { type FreshLogin, openLogin, rightAnswer } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';
import { openWalker, shownIn, type Walker } from './walker.ts';

const lenient: PolicyRule = { name: 'lenient', when: { roles: ['student'] }, level: 'mfa', trustedBrowser: 'policy' };
const strict: PolicyRule = { name: 'strict', when: { roles: ['student'] }, level: 'mfa' };

async function withRules(rules: readonly PolicyRule[], act: (fresh: FreshLogin, walker: Walker) => Promise<void>) {
  const fresh = await openLogin(rules);
  try {
    const walker = await openWalker(fresh, { held: ['totp'] });
    await fresh.addConnection();
    await act(fresh, walker);
  } finally {
    await fresh.world.store.close();
  }
}

/** What the browser is given for it: the box is ticked whether or not it was there. */
async function trustIn(walker: Walker): Promise<string | undefined> {
  const first = await walker.begin(sampleRequest());
  const second = await walker.answer(first, await walker.rightAnswer(first));
  const last = await walker.answer(second, { ...(await walker.rightAnswer(second)), trust: 'yes' });
  return last.kind === 'finished' ? last.trustToken : undefined;
}

/** What comes after the password in a second login, in the browser that carries the token. */
async function afterPassword({ login, clock }: FreshLogin, walker: Walker, token: string | undefined): Promise<string> {
  clock.advance(minutes(1));
  walker.goTo({ address: '192.0.2.1', trustToken: () => token });
  const visitor = await walker.visitor();
  const first = await login.begin('again', sampleRequest(), visitor);
  const next = await login.answer('again', shownIn(first), rightAnswer, visitor);
  return next.kind === 'step' ? shownIn(next).step : next.outcome.kind;
}

describe('a rule that a trusted browser may meet', () => {
  it('is waived there, and the audit names both', () =>
    withRules([lenient], async (fresh, walker) => {
      const token = await trustIn(walker);
      expect(token).toEqual(expect.any(String));
      expect(await afterPassword(fresh, walker, token)).toBe('granted');
      const granted = (await fresh.audited()).filter(({ type }) => type === 'login.granted');
      expect(granted).toMatchObject([
        { rules: ['lenient'] },
        { rules: ['lenient'], trustedBrowserId: expect.any(String) },
      ]);
    }));

  it('makes a browser trusted, and another rule there is none the less to be met', () =>
    withRules([lenient, strict], async (fresh, walker) => {
      expect(await afterPassword(fresh, walker, await trustIn(walker))).toBe('totp');
    }));
});

describe('a rule that a trusted browser may not meet', () => {
  it('makes no browser trusted, whatever a form claims', () =>
    withRules([strict], async (_fresh, walker) => {
      expect(await trustIn(walker)).toBeUndefined();
    }));
});
