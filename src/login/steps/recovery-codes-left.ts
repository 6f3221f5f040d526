/** A recovery code was used: how many are left is said at once, before somebody finds the last one gone. */
import { fewRecoveryCodes } from '../../core/credentials/recovery-codes.ts';
import type { Situation } from '../facts.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

export const recoveryCodesLeft = {
  name: 'recovery-codes-left',
  asks: 'interaction',

  isDue: ({ progress, subject }: Situation) => subject !== undefined && progress.recoveryCodesLeft !== undefined,

  show({ config }, { progress, connection }, { locale }) {
    const { recoveryCodesLeft: left = 0 } = progress;
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      left,
      areFew: left <= fewRecoveryCodes,
      factorsUrl: `${config.server.issuer}/account/factors`,
    };
  },

  async take(_means, { progress }, answer) {
    if (answer('choice') !== 'seen') return { kind: 'problem', problem: { kind: 'incomplete' } };
    const { recoveryCodesLeft: _told, ...rest } = progress;
    return { kind: 'progress', progress: rest, writes: [] };
  },
} satisfies Step<'recovery-codes-left', object>;
