/** A passkey of the account as second factor: asked for by the page at once, and again when the person wishes. */
import { assertionOptions } from '../../core/credentials/passkeys/passkey-assertion.ts';
import { askedBecause } from '../asked-because.ts';
import { configuredPasskeys } from '../configured-passkeys.ts';
import { challengeOf, takePasskey } from '../passkey-turn.ts';
import { offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step } from '../step.ts';

export const passkey = {
  name: 'passkey',
  asks: 'login',

  isDue: (situation) => wayDue(situation) === 'passkey',

  async show(means, situation, { locale, problem }) {
    const { world, config } = means;
    const { connection, subject } = situation;
    const rule = configuredPasskeys(config);
    const challenge = challengeOf(means, situation);
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      options: await assertionOptions(world, rule, challenge, subject?.account.id),
      hasOtherWays: offeredWays(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, { actor }) {
    const { subject, progress } = situation;
    if (!subject) throw new Error('a second factor is asked of nobody');
    if (answer('choice') === 'another') {
      return { kind: 'progress', progress: { ...progress, way: 'choose' }, writes: [] };
    }
    const answered = answer('passkey');
    if (answered === '') return { kind: 'problem', problem: { kind: 'incomplete' } };
    return takePasskey(means, situation, { answer: answered, accountId: subject.account.id, actor });
  },
} satisfies Step<'passkey', object>;
