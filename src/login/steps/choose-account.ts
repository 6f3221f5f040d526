/** Which account, where a session exists and the service asks for the choice. */
import { displayName } from '../../core/people/person.ts';
import type { Situation } from '../facts.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

export const chooseAccount = {
  name: 'choose-account',
  asks: 'account',

  isDue: ({ request, session, progress }: Situation) =>
    request.chooseAccount && session !== undefined && progress.choice === undefined && progress.proven === undefined,

  show({ config }, { connection, session, owner }, { locale }) {
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      accounts:
        session && owner
          ? [
              {
                id: session.accountId,
                name: displayName(owner.person, locale),
                loginName: owner.account.loginName,
                kindLabel: config.accounts.kinds[owner.account.kind]?.label[locale] ?? owner.account.kind,
              },
            ]
          : [],
    };
  },

  async take(_means, { session, progress }, answer) {
    const choice = answer('choice');
    if (choice === 'other') return { kind: 'progress', progress: { ...progress, choice: 'other' }, writes: [] };
    // The person may choose only among what was shown: the account of this browser's own session.
    if (session && choice === session.accountId) {
      return { kind: 'progress', progress: { ...progress, choice: { accountId: choice } }, writes: [] };
    }
    return { kind: 'problem', problem: { kind: 'incomplete' } };
  },
} satisfies Step<'choose-account', object>;
