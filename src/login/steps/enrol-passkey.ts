/** Setting up a passkey in the middle of a login: making it proves that it works, and it counts at once. */
import type { UseOf } from '../../core/credentials/factor-use.ts';
import { attestedProduct } from '../../core/credentials/passkeys/passkey-held.ts';
import { registerPasskey, registrationOptions } from '../../core/credentials/passkeys/passkey-registration.ts';
import { displayName } from '../../core/people/person.ts';
import { askedBecause } from '../asked-because.ts';
import { configuredPasskeys } from '../configured-passkeys.ts';
import { planEnrol } from '../enrol.ts';
import { challengeOf } from '../passkey-turn.ts';
import { openKinds } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step } from '../step.ts';

export const enrolPasskey = {
  name: 'enrol-passkey',
  asks: 'interaction',

  isDue: (situation) => situation.progress.enrolling?.kind === 'passkey' && openKinds(situation).includes('passkey'),

  async show(means, situation, { locale, problem }) {
    const { world, config } = means;
    const { connection, subject } = situation;
    if (!subject) throw new Error('a passkey is made for nobody');
    const owner = {
      accountId: subject.account.id,
      loginName: subject.account.loginName,
      name: displayName(subject.person, locale),
      siteName: config.university.systemName[locale],
    };
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      options: await registrationOptions(world, configuredPasskeys(config), owner, challengeOf(means, situation)),
      hasOtherKinds: openKinds(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, { actor }) {
    const { world, config } = means;
    const { subject, progress } = situation;
    if (!subject) throw new Error('a passkey is made for nobody');
    if (answer('choice') === 'other') {
      const { enrolling: _begun, ...rest } = progress;
      return { kind: 'progress', progress: rest, writes: [] };
    }
    const answered = answer('passkey');
    if (answered === '') return { kind: 'problem', problem: { kind: 'incomplete' } };
    const registration = await registerPasskey(world, configuredPasskeys(config, means.passkeyMakers), {
      accountId: subject.account.id,
      challenge: challengeOf(means, situation),
      unnamed: answer('unnamed'),
      answer: answered,
    });
    if (registration.kind !== 'registered') return { kind: 'problem', problem: { kind: registration.kind } };
    const { factor } = registration;
    const use: UseOf<'passkey'> = {
      kind: 'passkey',
      at: factor.addedAt,
      credentialId: factor.id,
      // Registration demands it (passkey-registration.ts).
      userVerified: true,
      isSynced: factor.isBackupEligible,
      aaguid: attestedProduct(factor),
    };
    return { kind: 'progress', ...(await planEnrol(means, situation, actor, { factor, use })) };
  },
} satisfies Step<'enrol-passkey', object>;
