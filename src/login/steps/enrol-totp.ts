/**
 * Setting up an authenticator app in the middle of a login: shown as a QR code and as text, stored when a code from the
 * app has shown that it works. After a wrong code the secret stays the same: it is in the app already.
 */
import { readDigits } from '../../core/credentials/code-text.ts';
import { factorName } from '../../core/credentials/factor-name.ts';
import { confirmTotp, newTotpSecret, totpDigits, totpInvitation, totpUse } from '../../core/credentials/totp.ts';
import { askedBecause } from '../asked-because.ts';
import type { Progress } from '../attempt.ts';
import { planEnrol } from '../enrol.ts';
import { openKinds } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Step } from '../step.ts';

const secretIn = ({ enrolling }: Progress): string | undefined =>
  enrolling?.kind === 'totp' ? enrolling.sealedSecret : undefined;

export const enrolTotp = {
  name: 'enrol-totp',
  asks: 'interaction',

  isDue: (situation) => situation.progress.enrolling?.kind === 'totp' && openKinds(situation).includes('totp'),

  async prepare({ world, masterKey }, { progress, subject }) {
    if (!subject || secretIn(progress) !== undefined) return undefined;
    const sealedSecret = newTotpSecret(world, masterKey, subject.account.id);
    return { progress: { ...progress, enrolling: { kind: 'totp', sealedSecret } }, writes: [] };
  },

  show({ masterKey, config, world }, situation, { locale, problem, typed }) {
    const { connection, subject, progress } = situation;
    const sealed = secretIn(progress);
    if (!subject || sealed === undefined) throw new Error('there is no secret to show');
    const { id, loginName } = subject.account;
    // The short name: an app's list has little room and other universities in it, and each letter makes the QR code denser.
    const issuer = config.university.shortName[locale];
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      ...askedBecause(situation, locale),
      invitation: { issuer, loginName, ...totpInvitation(masterKey, id, sealed, { issuer, loginName }) },
      ...(typed ? { appName: typed('name').slice(0, 100) } : {}),
      hasOtherKinds: openKinds(situation).length > 1,
      ...shownProblem(problem, world.clock.now()),
    };
  },

  async take(means, situation, answer, { actor }) {
    const { world, masterKey } = means;
    const { subject, progress } = situation;
    if (answer('choice') === 'other') {
      const { enrolling: _begun, ...rest } = progress;
      return { kind: 'progress', progress: rest, writes: [] };
    }
    const sealedSecret = secretIn(progress);
    if (!subject || sealedSecret === undefined) throw new Error('there is no secret to confirm');
    const code = readDigits(answer('code'), totpDigits);
    if (code === undefined) return { kind: 'problem', problem: { kind: 'incomplete' } };
    // No try is counted: whoever could guess the code here is being shown the secret itself.
    const name = factorName(answer('name'), answer('unnamed'), 'TOTP');
    const factor = confirmTotp(world, masterKey, { accountId: subject.account.id, name, sealedSecret, code });
    if (!factor) return { kind: 'problem', problem: { kind: 'wrong' } };
    return { kind: 'progress', ...(await planEnrol(means, situation, actor, { factor, use: totpUse(factor) })) };
  },
} satisfies Step<'enrol-totp', object>;
