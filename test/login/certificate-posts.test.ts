/** As any-posts.test.ts, where certificates are about: of others, of another page, taken away meanwhile, and the right one. */
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minutes } from '../../src/base/duration.ts';
import { isDomainError } from '../../src/base/errors.ts';
import { trueLevels } from '../../src/core/credentials/assurance.ts';
import { planRefuse } from '../../src/core/credentials/certificates/refused-certificate.ts';
import { credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Level } from '../../src/core/credentials/level.ts';
import { loginMachine, type Position } from '../../src/login/login.ts';
import { remove } from '../../src/store/port.ts';
import { certifiedConfig, good, ownCertificate, reportFor } from './certified.ts';
import { type FreshLogin, openLogin } from './fresh-login.ts';
import { handle } from './passkey-visit.ts';
import { sampleRequest } from './sample-situation.ts';
import { openWalker, shownIn, type Walker } from './walker.ts';

const choices = ['another', 'choose', 'skip', 'certificate', 'totp', 'kept', 'seen', ''];
const post = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ kind: 'right' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('choice' as const), choice: fc.constantFrom(...choices) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('report' as const), of: fc.constantFrom('other', 'refused') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('late' as const), turns: fc.integer({ min: -2, max: -1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'take away' as const }) },
);
type Post = typeof post extends fc.Arbitrary<infer P> ? P : never;

const start = fc.record({
  held: fc.uniqueArray(fc.constantFrom<SecondFactorKind>('totp', 'recovery-code'), { maxLength: 2 }),
  isNew: fc.boolean(),
  level: fc.constantFrom<Level>('mfa', 'mfa', 'phishing-resistant', 'sfa'),
  essential: fc.boolean(),
});
type Start = typeof start extends fc.Arbitrary<infer S> ? S : never;

const others = good(ownCertificate({ names: { ...ownCertificate().names, commonName: ['a9999999'] } }));
const refused = { kind: 'refused', reason: 'revoked' } as const;

/** `given`: whether the right certificate was accepted, and not taken away since. */
interface Course {
  readonly fresh: FreshLogin;
  readonly walker: Walker;
  given: boolean;
}

async function takeAway({ world }: FreshLogin): Promise<void> {
  const held = await credentialsOf(world.store, 'account-1');
  const going = held.filter(({ kind }) => kind === 'certificate');
  await world.store.commit([...planRefuse(world, going), ...going.map(({ id }) => remove(credentials, id))]);
}

async function send(course: Course, position: Position, sent: Post): Promise<Position> {
  const { fresh, walker } = course;
  const look = async () => fresh.login.look(handle, await walker.visitor());
  switch (sent.kind) {
    case 'right': {
      const moved = await walker.answer(position, await walker.rightAnswer(position));
      const isBrought = shownIn(position).step === 'certificate' && !(moved.kind === 'step' && moved.problem);
      if (isBrought) course.given = true;
      return moved;
    }
    case 'choice':
      return walker.answer(position, { choice: sent.choice });
    case 'report':
      return walker.answer(position, {
        report: reportFor(fresh, position.situation, sent.of === 'other' ? others : refused),
      });
    case 'late': {
      const { turn } = position.situation;
      const before = { turn: { attemptId: turn?.attemptId ?? '', number: (turn?.number ?? 0) + sent.turns } };
      return walker.answer(position, { report: reportFor(fresh, before) });
    }
    case 'wait':
      fresh.clock.advance(minutes(sent.minutes));
      return look();
    case 'take away':
      await takeAway(fresh);
      course.given = false;
      return look();
  }
}

/** What chance may leave out: people who have nothing else, and bring their certificate. */
const straight = (['mfa', 'phishing-resistant'] as const).flatMap((level) =>
  [true, false].map((isNew): [Start, Post[]] => {
    const right = { kind: 'right' } as const;
    const toCertificate = { kind: 'choice', choice: 'certificate' } as const;
    return [{ held: [], isNew, level, essential: true }, [right, toCertificate, right, right, right]];
  }),
);

describe('the login machine with certificates', () => {
  let [granted, brought] = [0, 0];
  afterAll(() => {
    // Without both, nothing was shown.
    expect(granted).toBeGreaterThan(10);
    expect(brought).toBeGreaterThan(3);
  });

  it('counts none that was not rightly brought, and grants nothing without the level', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(post, { minLength: 4, maxLength: 20 }), async (begun, posts) => {
        const opened = await openLogin();
        const means = { ...opened.means, config: certifiedConfig };
        const fresh = { ...opened, means, config: certifiedConfig, login: loginMachine(means) };
        try {
          const walker = await openWalker(fresh, begun);
          await fresh.addConnection();
          const { level, essential } = begun;
          const course: Course = { fresh, walker, given: false };
          let position = await walker.begin(sampleRequest({ demand: { acceptable: [level], essential } }));
          for (const sent of posts) {
            if (position.kind === 'finished') break;
            position = await send(course, position, sent).catch((error: unknown) => {
              if (!isDomainError(error, 'attempt.stale')) throw error;
              return walker.visitor().then((visitor) => fresh.login.look(handle, visitor));
            });
          }
          if (position.kind !== 'finished' || position.outcome.kind !== 'granted') return;
          granted += 1;
          const counts = position.outcome.factors.some(({ kind }) => kind === 'certificate');
          if (counts) brought += 1;
          expect(counts && !course.given).toBe(false);
          if (essential) expect(trueLevels(position.situation.assurance, position.outcome.factors)).toContain(level);
        } catch (error) {
          // Whoever takes too long begins anew.
          if (!isDomainError(error, 'attempt.not_found')) throw error;
        } finally {
          await fresh.world.store.close();
        }
      }),
      { numRuns: 100, examples: straight },
    );
  });
});
