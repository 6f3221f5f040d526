/** One of the codes that the person has kept for the day on which nothing else is at hand: each is good once. */
import { credentials } from '../../core/credentials/credential.ts';
import { readRecoveryCode, recoveryCodesOf, withoutRecoveryCode } from '../../core/credentials/recovery-codes.ts';
import { planAccountMail } from '../../core/notices/account-mail.ts';
import { replace } from '../../store/port.ts';
import { askedBecause } from '../asked-because.ts';
import { tryFactor } from '../factor-try.ts';
import { provenWith } from '../prove.ts';
import { offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step } from '../step.ts';

export const recoveryCode = {
  name: 'recovery-code',
  asks: 'login',

  isDue: (situation) => wayDue(situation) === 'recovery-code',

  show({ world }, situation, { locale, problem }) {
    const { connection } = situation;
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      hasOtherWays: offeredWays(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, origin) {
    const { world, codeDigest, masterKey } = means;
    const { subject, progress } = situation;
    if (!subject) throw new Error('a code is asked of nobody');
    if (answer('choice') === 'another') {
      return { kind: 'progress', progress: { ...progress, way: 'choose' }, writes: [] };
    }
    if (answer('code').trim() === '') return { kind: 'problem', problem: { kind: 'incomplete' } };
    // What cannot be a code is no guess, and costs no try.
    const code = readRecoveryCode(answer('code'));
    if (code === undefined) return { kind: 'problem', problem: { kind: 'wrong' } };
    const attempted = await tryFactor(means, 'recovery-code', { ...situation, subject }, origin);
    if (attempted.kind === 'refused') return attempted.result;

    const accountId = subject.account.id;
    const known = await recoveryCodesOf(world.store, accountId);
    const used = known && withoutRecoveryCode(codeDigest, known, code);
    if (!used) return attempted.fail('wrong');
    const at = world.clock.now();
    const use = { kind: 'recovery-code' as const, at, credentialId: used.id };
    return {
      kind: 'progress',
      progress: { ...provenWith(progress, accountId, use), recoveryCodesLeft: used.codes.length },
      writes: [
        ...attempted.forgiven,
        replace(credentials, { ...used, lastUsedAt: at }),
        ...(await planAccountMail(world, masterKey, subject, { type: 'recovery_code_used', left: used.codes.length })),
      ],
    };
  },
} satisfies Step<'recovery-code', object>;
