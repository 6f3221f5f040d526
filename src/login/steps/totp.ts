/** The code of an authenticator app, of whichever the person has: each code is good once. */
import { readDigits } from '../../core/credentials/code-text.ts';
import { credentialsOf } from '../../core/credentials/credential.ts';
import { checkTotp, totpDigits } from '../../core/credentials/totp.ts';
import { askedBecause } from '../asked-because.ts';
import { tryFactor } from '../factor-try.ts';
import { provenWith } from '../prove.ts';
import { offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step } from '../step.ts';

export const totp = {
  name: 'totp',
  asks: 'login',

  isDue: (situation) => wayDue(situation) === 'totp',

  show({ world }, situation, { locale, problem }) {
    const { connection, subject } = situation;
    const held = (subject?.held ?? []).filter(({ kind }) => kind === 'totp');
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      apps: held.flatMap(({ label }) => (label === undefined ? [] : [label])),
      hasOtherWays: offeredWays(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, origin) {
    const { world, masterKey } = means;
    const { subject, progress } = situation;
    if (!subject) throw new Error('a code is asked of nobody');
    if (answer('choice') === 'another') {
      return { kind: 'progress', progress: { ...progress, way: 'choose' }, writes: [] };
    }
    const code = readDigits(answer('code'), totpDigits);
    // What cannot be a code is no guess, and costs no try.
    if (code === undefined) return { kind: 'problem', problem: { kind: 'incomplete' } };
    const attempted = await tryFactor(means, 'totp', { ...situation, subject }, origin);
    if (attempted.kind === 'refused') return attempted.result;

    const { id } = subject.account;
    const check = checkTotp(masterKey, await credentialsOf(world.store, id), code, world.clock.now());
    if (check.kind !== 'right') return attempted.fail(check.kind);
    return {
      kind: 'progress',
      progress: provenWith(progress, id, check.use),
      writes: [...attempted.forgiven, check.write],
    };
  },
} satisfies Step<'totp', object>;
