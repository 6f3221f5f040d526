/** What a person allowed a service to receive. A changed list of attributes is a new question. */
import type { Instant } from '../../base/clock.ts';
import { type Collection, insert, replace, type Store, type Stored, type Write } from '../../store/port.ts';
import type { AttributeName } from '../attributes/definition.ts';

export interface Consent {
  /** `<account id>:<connection id>`. */
  readonly id: string;
  readonly accountId: string;
  readonly connectionId: string;
  readonly attributes: readonly AttributeName[];
  readonly at: Instant;
}

export const consents: Collection<Consent> = {
  name: 'consents',
  indexes: [{ name: 'byAccount', fields: ['accountId', 'at'] }],
};

export const consentOf = (
  store: Store,
  accountId: string,
  connectionId: string,
): Promise<Stored<Consent> | undefined> => store.get(consents, `${accountId}:${connectionId}`);

export const covers = (consent: Consent | undefined, attributes: readonly AttributeName[]): boolean =>
  consent !== undefined && attributes.every((attribute) => consent.attributes.includes(attribute));

export function consentWrite(
  known: Stored<Consent> | undefined,
  accountId: string,
  connectionId: string,
  attributes: readonly AttributeName[],
  at: Instant,
): Write {
  // What was allowed before stays allowed: each question shows the whole of what its own login asks for.
  const allowed = [...new Set([...(known?.attributes ?? []), ...attributes])];
  const consent = { id: `${accountId}:${connectionId}`, accountId, connectionId, attributes: allowed, at };
  return known ? replace(consents, { ...consent, version: known.version }) : insert(consents, consent);
}
