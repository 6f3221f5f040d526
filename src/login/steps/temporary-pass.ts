/**
 * The pass that a desk gave to somebody whom it has seen. It stays until its end or until a factor is set up, so that
 * whoever is cut off on the way can go on; using it is written with its version, so that one taken away a moment ago
 * opens nothing.
 */
import { credentials } from '../../core/credentials/credential.ts';
import { judgeTemporaryPass, readTemporaryPass, temporaryPassOf } from '../../core/credentials/temporary-pass.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { replace } from '../../store/port.ts';
import { askedBecause } from '../asked-because.ts';
import { deskOfKind } from '../configured-desk.ts';
import { tryFactor } from '../factor-try.ts';
import { provenWith } from '../prove.ts';
import { offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step } from '../step.ts';

export const temporaryPass = {
  name: 'temporary-pass',
  asks: 'login',

  isDue: (situation) => wayDue(situation) === 'temporary-pass',

  async show({ world, config }, situation, { locale, problem }) {
    const { connection, subject } = situation;
    const pass = subject && (await temporaryPassOf(world.store, subject.account.id));
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      ...(pass ? { goodUntil: formatDateTime(pass.expiresAt, locale, config.university.timeZone) } : {}),
      desk: deskOfKind(config, subject?.account.kind, locale),
      hasOtherWays: offeredWays(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, origin) {
    const { world, codeDigest } = means;
    const { subject, progress } = situation;
    if (!subject) throw new Error('a pass is asked of nobody');
    if (answer('choice') === 'another') {
      return { kind: 'progress', progress: { ...progress, way: 'choose' }, writes: [] };
    }
    if (answer('code').trim() === '') return { kind: 'problem', problem: { kind: 'incomplete' } };
    // What cannot be a pass is no guess, and costs no try.
    const pass = readTemporaryPass(answer('code'));
    if (pass === undefined) return { kind: 'problem', problem: { kind: 'wrong' } };
    const attempted = await tryFactor(means, 'temporary-pass', { ...situation, subject }, origin);
    if (attempted.kind === 'refused') return attempted.result;

    const accountId = subject.account.id;
    const at = world.clock.now();
    const known = await temporaryPassOf(world.store, accountId);
    const judged = judgeTemporaryPass(codeDigest, known, pass, at);
    if (judged !== 'right' || !known) return attempted.fail(judged === 'lapsed' ? 'lapsed' : 'wrong');
    const use = { kind: 'temporary-pass' as const, at, credentialId: known.id };
    return {
      kind: 'progress',
      progress: provenWith(progress, accountId, use),
      writes: [...attempted.forgiven, replace(credentials, { ...known, lastUsedAt: at })],
    };
  },
} satisfies Step<'temporary-pass', object>;
