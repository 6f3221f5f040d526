/** What the service will receive, with the values, before it receives them: where the connection asks the person. */

import { readAttribute } from '../../core/attributes/readers.ts';
import { auditWrite } from '../../core/audit/event.ts';
import { consentOf, consentWrite } from '../../core/consents/consent.ts';
import { attributeWords } from '../../i18n/attribute-words.ts';
import type { Situation } from '../facts.ts';
import { serviceOf } from '../shown-connection.ts';
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

  show({ attributes }, { request, connection, subject, now }, { locale }) {
    if (!connection || !subject) throw new Error('the release step is shown for a person and a service');
    const source = attributes.sourceOf(subject, { now, locale, connection });
    return {
      service: serviceOf(connection, locale),
      consent: connection.consent === 'always' ? ('always' as const) : ('once' as const),
      attributes: connection.release
        .filter(({ attribute }) => request.attributes.includes(attribute))
        .flatMap(({ attribute, required, reason }) => {
          const definition = attributes.definitions.get(attribute);
          if (!definition) return [];
          const value = readAttribute(definition, source);
          if (value === undefined) return [];
          const shown = attributeWords(definition, value, locale);
          const because = reason ? { reason: reason[locale] } : {};
          return [{ label: definition.label[locale], value: shown, required, ...because }];
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
