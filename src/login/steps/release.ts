/** What the service will receive, with the values, before it receives them: where the connection asks the person. */
import { auditWrite } from '../../core/audit/event.ts';
import { readAttribute } from '../../core/connections/attribute.ts';
import { consentOf, consentWrite } from '../../core/consents/consent.ts';
import { attributeLabel, attributeWords } from '../../i18n/attribute-words.ts';
import type { Situation } from '../facts.ts';
import { attributeSource, serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

export const release = {
  name: 'release',
  asks: 'consent',

  isDue({ request, progress, connection, subject }: Situation): boolean {
    if (!connection || !subject || progress.allowedRelease?.accountId === subject.account.id) return false;
    if (request.askRelease) return true;
    if (connection.consent === 'none') return false;
    return connection.consent === 'always' || !subject.hasConsented;
  },

  show({ config }, { request, connection, subject, now }, { locale }) {
    if (!connection || !subject) throw new Error('the release step is shown for a person and a service');
    const source = attributeSource(config, subject, now, locale);
    return {
      service: serviceOf(connection, locale),
      consent: connection.consent === 'always' ? ('always' as const) : ('once' as const),
      attributes: connection.release
        .filter(({ attribute }) => request.attributes.includes(attribute))
        .flatMap(({ attribute, required, reason }) => {
          const value = readAttribute(attribute, source);
          if (value === undefined) return [];
          const label = attributeLabel(attribute, locale);
          const shown = attributeWords(attribute, value, locale);
          return [{ label, value: shown, required, ...(reason ? { reason: reason[locale] } : {}) }];
        }),
    };
  },

  async take({ world }, { request, progress, connection, subject }, answer, { actor }) {
    if (!connection || !subject) return { kind: 'problem', problem: { kind: 'incomplete' } };
    const about = { accountId: subject.account.id, connectionId: connection.id };
    const choice = answer('choice');
    if (choice === 'deny') {
      return {
        kind: 'progress',
        progress: { ...progress, declined: 'release_denied' },
        writes: [auditWrite(world, actor, { type: 'release.denied', ...about })],
      };
    }
    if (choice !== 'allow') return { kind: 'problem', problem: { kind: 'incomplete' } };
    const known = await consentOf(world.store, about.accountId, about.connectionId);
    const write = consentWrite(known, about.accountId, about.connectionId, request.attributes, world.clock.now());
    return {
      kind: 'progress',
      progress: { ...progress, allowedRelease: { accountId: about.accountId } },
      writes: [write, auditWrite(world, actor, { type: 'release.allowed', ...about, attributes: request.attributes })],
    };
  },
} satisfies Step<'release', object>;
