/**
 * Whatever is posted in whatever order, and wherever the browser goes meanwhile, nothing is granted without the levels
 * demanded by request, connection and policy, no factor counts that was not given, and nobody is signed in without a factor
 * that tells who they are.
 */
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minutes } from '../../src/base/duration.ts';
import { isDomainError } from '../../src/base/errors.ts';
import { identifies, trueLevels } from '../../src/core/credentials/assurance.ts';
import { credentials, credentialsOf, passwordOf } from '../../src/core/credentials/credential.ts';
import type { FactorKind, FactorUse, SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Level } from '../../src/core/credentials/level.ts';
import type { PolicyRule } from '../../src/core/policy/rule.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { Position } from '../../src/login/login.ts';
import { remove, replace } from '../../src/store/port.ts';
import { passwordUse, sampleSession } from '../core/sample-records.ts';
import { useOf } from '../core/sample-uses.ts';
import { answerOf, type FreshLogin, openLogin } from './fresh-login.ts';
import { handle } from './passkey-visit.ts';
import { sampleRequest } from './sample-situation.ts';
import { openWalker, shownIn, type Walker } from './walker.ts';

const kinds = ['totp', 'mail-code', 'passkey', 'recovery-code', 'temporary-pass'] as const;
const level = fc.constantFrom<Level>('password', 'sfa', 'mfa', 'aal2', 'phishing-resistant');

const campus = '192.0.2.1';
const cafe = '203.0.113.9';
const outsideNetworks = ['192.0.2.0/24'];

/** Rules, each with when it holds, said in other words than the policy's own. */
const rulesInPlay: readonly { readonly rule: PolicyRule; readonly holds: (at: string, isKnown: boolean) => boolean }[] =
  [
    { rule: { name: 'outside', when: { outsideNetworks }, level: 'mfa' }, holds: (at) => at === cafe },
    {
      rule: { name: 'outside-more', when: { outsideNetworks, roles: ['student'] }, level: 'phishing-resistant' },
      holds: (at) => at === cafe,
    },
    { rule: { name: 'inside', when: { networks: outsideNetworks }, level: 'mfa' }, holds: (at) => at === campus },
    { rule: { name: 'browser', when: { newDevice: true }, level: 'mfa' }, holds: (_at, isKnown) => !isKnown },
    { rule: { name: 'staff', when: { roles: ['staff'] }, level: 'aal2' }, holds: () => false },
  ];

const start = fc.record({
  rules: fc.uniqueArray(fc.nat(rulesInPlay.length - 1), { maxLength: 2 }),
  isKnown: fc.boolean(),
  held: fc.uniqueArray(fc.constantFrom<SecondFactorKind>(...kinds), { maxLength: 3 }),
  isNew: fc.boolean(),
  isPasswordless: fc.boolean(),
  remembered: fc.constantFrom<readonly FactorKind[]>([], [], ['password'], ['password', 'totp']),
  required: fc.option(fc.constantFrom<Level>('mfa', 'phishing-resistant'), { nil: undefined, freq: 2 }),
  acceptable: fc.uniqueArray(level, { maxLength: 2 }),
  essential: fc.boolean(),
  force: fc.boolean(),
});

const choices = ['another', 'other', 'skip', 'choose', 'kept', 'seen', 'accept', 'resend', 'change', '', ...kinds];
const post = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ kind: 'right' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('choice' as const), choice: fc.constantFrom(...choices) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('guess' as const), code: fc.constantFrom('000000', '00000000', '') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('elsewhere' as const),
      step: fc.constantFrom('release', 'keep-recovery-codes', 'enrol-totp', ...kinds),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('go' as const), at: fc.constantFrom(campus, cafe) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'lose' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'new password' as const }) },
);
type Post = typeof post extends fc.Arbitrary<infer P> ? P : never;

/** Which factor a right answer to a step is. */
const provenBy: Readonly<Record<string, FactorKind>> = {
  password: 'password',
  totp: 'totp',
  'mail-code': 'mail-code',
  'recovery-code': 'recovery-code',
  'temporary-pass': 'temporary-pass',
  'enrol-totp': 'totp',
  'enrol-mail': 'mail-code',
};

/** What was rightly given in this login, and not taken away since: kept apart from what the machine believes. */
type Given = Set<FactorKind>;

interface Where {
  at: string;
  readonly isKnown: boolean;
}

const originOf = ({ at, isKnown }: Where) => ({ address: at, factorBrowser: () => (isKnown ? 'mark' : undefined) });

interface Course {
  readonly fresh: FreshLogin;
  readonly walker: Walker;
  readonly given: Given;
  readonly where: Where;
}

async function send(course: Course, position: Position, sent: Post): Promise<Position> {
  const { fresh, walker, given, where } = course;
  const { world, clock, login } = fresh;
  const shown = shownIn(position);
  const look = async () => login.look(handle, await walker.visitor());
  switch (sent.kind) {
    case 'right': {
      const fields = await walker.rightAnswer(position);
      const moved = await walker.answer(position, fields);
      const proven = 'passkey' in fields ? 'passkey' : provenBy[shown.step];
      if (proven && !('address' in fields) && !(moved.kind === 'step' && moved.problem)) given.add(proven);
      return moved;
    }
    case 'choice':
      return walker.answer(position, { choice: sent.choice });
    case 'guess':
      return walker.answer(position, { code: sent.code, username: 'a0123456', password: sent.code });
    case 'elsewhere': {
      if (sent.step === shown.step) return send(course, position, { kind: 'right' });
      const fields = await walker.rightAnswer(position);
      return login.answer(handle, { ...shown, step: sent.step }, answerOf(fields), await walker.visitor());
    }
    case 'wait':
      clock.advance(minutes(sent.minutes));
      return look();
    case 'go':
      where.at = sent.at;
      walker.goTo(originOf(where));
      return look();
    case 'lose': {
      const held = await credentialsOf(world.store, 'account-1');
      await world.store.commit(held.flatMap(({ id, kind }) => (kind === 'totp' ? [remove(credentials, id)] : [])));
      given.delete('totp');
      return look();
    }
    case 'new password': {
      const known = await passwordOf(world.store, 'account-1');
      if (known) await world.store.commit([replace(credentials, { ...known, edition: world.ids.id() })]);
      given.delete('password');
      return look();
    }
  }
}

const rememberedUse = (kind: FactorKind): FactorUse => (kind === 'password' ? passwordUse() : useOf('totp'));

describe('the login machine', () => {
  let [granted, refused, demandedByRule] = [0, 0, 0];
  afterAll(() => {
    // Without both, nothing was shown.
    expect(granted).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(3);
    expect(demandedByRule).toBeGreaterThan(3);
  });

  it('grants nothing that was not proven, whatever is posted', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(post, { minLength: 4, maxLength: 24 }), async (begun, posts) => {
        const rules = begun.rules.flatMap((index) => rulesInPlay[index] ?? []);
        const fresh = await openLogin(rules.map(({ rule }) => rule));
        try {
          const isPasswordless = begun.isPasswordless && begun.held.includes('passkey');
          const walker = await openWalker(fresh, { ...begun, isPasswordless });
          await fresh.addConnection(begun.required ? { requiredLevel: begun.required } : {});
          const { remembered, acceptable, essential, force } = begun;
          const factors = remembered.map(rememberedUse);
          const session = factors.length > 0 ? await fresh.put(sessions, sampleSession({ factors })) : undefined;
          const request = sampleRequest({ force, demand: { acceptable, essential } });
          const given: Given = new Set();
          const where: Where = { at: campus, isKnown: begun.isKnown };
          walker.goTo(originOf(where));
          let position = await walker.begin(request, session);
          for (const sent of posts) {
            if (position.kind === 'finished') break;
            position = await send({ fresh, walker, given, where }, position, sent).catch((error: unknown) => {
              if (!isDomainError(error, 'attempt.stale')) throw error;
              return walker.visitor().then((visitor) => fresh.login.look(handle, visitor));
            });
          }
          if (position.kind !== 'finished') return;
          const { records } = await fresh.world.store.find(sessions, { index: 'byAccount', limit: 10 });
          for (const kept of records) expect(identifies(kept.factors)).toBe(true);
          const { outcome, situation } = position;
          if (outcome.kind === 'denied') {
            refused += 1;
            return;
          }
          granted += 1;
          const counted = outcome.factors.map(({ kind }) => kind);
          const known = force ? [...given] : [...given, ...remembered];
          expect(known).toEqual(expect.arrayContaining(counted));
          const levels = trueLevels(situation.assurance, outcome.factors);
          if (begun.required) expect(levels).toContain(begun.required);
          const held = rules.filter(({ holds }) => holds(where.at, where.isKnown));
          demandedByRule += held.length;
          expect(levels).toEqual(expect.arrayContaining(held.map(({ rule: { level } }) => level)));
          if (essential) expect(acceptable.some((wanted) => levels.includes(wanted))).toBe(true);
        } catch (error) {
          // Whoever takes too long begins anew.
          if (!isDomainError(error, 'attempt.not_found')) throw error;
        } finally {
          await fresh.world.store.close();
        }
      }),
      { numRuns: 150 },
    );
  });
});
