/**
 * Recovery codes, shown once: when the person says that they are kept, nobody can read them again, and what is stored
 * of them opens nothing.
 */
import { openRecoveryCodes } from '../../core/credentials/recovery-codes.ts';
import type { Situation } from '../facts.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

export const keepRecoveryCodes = {
  name: 'keep-recovery-codes',
  asks: 'interaction',

  isDue: ({ progress, subject }: Situation) => subject !== undefined && progress.newRecoveryCodes !== undefined,

  show({ masterKey }, { progress, subject, connection }, { locale }) {
    if (!subject || progress.newRecoveryCodes === undefined) throw new Error('there are no codes to show');
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      codes: openRecoveryCodes(masterKey, subject.account.id, progress.newRecoveryCodes),
      loginName: subject.account.loginName,
    };
  },

  async take(_means, { progress }, answer) {
    if (answer('choice') !== 'kept') return { kind: 'problem', problem: { kind: 'incomplete' } };
    const { newRecoveryCodes: _shown, ...rest } = progress;
    return { kind: 'progress', progress: rest, writes: [] };
  },
} satisfies Step<'keep-recovery-codes', object>;
