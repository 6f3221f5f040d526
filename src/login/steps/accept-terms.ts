/** The rules of use, once per version. Declining ends the login and keeps the account as it was. */
import { auditWrite } from '../../core/audit/event.ts';
import { accounts } from '../../core/people/account.ts';
import { replace } from '../../store/port.ts';
import type { Situation } from '../facts.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownTerms } from '../shown-terms.ts';
import type { Step } from '../step.ts';

export const acceptTerms = {
  name: 'accept-terms',
  asks: 'interaction',

  isDue: ({ termsVersion, subject, progress }: Situation) =>
    termsVersion !== undefined &&
    subject !== undefined &&
    !(progress.acceptedTerms?.accountId === subject.account.id && progress.acceptedTerms.version === termsVersion) &&
    subject.account.acceptedTerms?.version !== termsVersion,

  show({ config }, { connection }, { locale }) {
    const terms = shownTerms(config, locale);
    if (!terms) throw new Error('the terms are asked for where there are some');
    return { ...(connection ? { service: serviceOf(connection, locale) } : {}), terms };
  },

  async take({ world }, { progress, subject, termsVersion }, answer, { actor }) {
    const choice = answer('choice');
    if (choice === 'decline') {
      return { kind: 'progress', progress: { ...progress, declined: 'terms_declined' }, writes: [] };
    }
    if (choice !== 'accept' || !subject || termsVersion === undefined) {
      return { kind: 'problem', problem: { kind: 'incomplete' } };
    }
    const acceptedTerms = { version: termsVersion, at: world.clock.now() };
    return {
      kind: 'progress',
      progress: { ...progress, acceptedTerms: { accountId: subject.account.id, version: termsVersion } },
      writes: [
        replace(accounts, { ...subject.account, acceptedTerms }),
        auditWrite(world, actor, { type: 'terms.accepted', accountId: subject.account.id, version: termsVersion }),
      ],
    };
  },
} satisfies Step<'accept-terms', object>;
