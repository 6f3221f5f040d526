/**
 * The conditions under which a service wants its assertion (Core 3.4.1): within its times and for itself, which it gets.
 * A condition that cannot be kept is not left out in silence.
 */
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { isNamed, type XmlElement } from '../xml/element.ts';
import { checkAttributes, readInstant } from './fields.ts';

export interface AskedConditions {
  readonly notBefore?: number;
  readonly notOnOrAfter?: number;
  /** Each restriction is met by one of its audiences (Core 2.5.1.4). */
  readonly restrictions: readonly (readonly string[])[];
  /** Others, by name: nobody here can keep them. */
  readonly others: readonly string[];
}

const { assertion } = namespaces;

export function readConditions(conditions: XmlElement): AskedConditions {
  checkAttributes(conditions, ['NotBefore', 'NotOnOrAfter']);
  const { NotBefore, NotOnOrAfter } = conditions.attributes;
  return {
    ...(NotBefore === undefined ? {} : { notBefore: readInstant(conditions, 'NotBefore') }),
    ...(NotOnOrAfter === undefined ? {} : { notOnOrAfter: readInstant(conditions, 'NotOnOrAfter') }),
    restrictions: conditions.children.filter(isRestriction).map(({ children }) => children.map(({ text }) => text)),
    others: conditions.children.filter((child) => !isRestriction(child)).map(({ name }) => name),
  };
}

const isRestriction = (child: XmlElement): boolean => isNamed(child, assertion, 'AudienceRestriction');

/** @throws SamlRefusal `request_unsupported`: we make assertions for the service alone, valid from now on. */
export function judgeConditions(
  asked: AskedConditions,
  sender: string,
  { now, clockSkew }: { readonly now: number; readonly clockSkew: number },
): void {
  const { notBefore, notOnOrAfter, restrictions, others } = asked;
  if (others.length > 0) throw unmet(`the condition ${others[0]?.slice(0, 50)}`);
  if (restrictions.some((audiences) => !audiences.includes(sender))) throw unmet('an audience that is not the sender');
  // SAML2int SDP-G01: the clock of the service may go before ours.
  if (notBefore !== undefined && notBefore - clockSkew > now) throw unmet('an assertion that is not valid yet');
  judgeEnd(notOnOrAfter, now);
}

/** Again after a login, which may have taken longer than the service gives. @throws SamlRefusal `request_unsupported` */
export function judgeEnd(notOnOrAfter: number | undefined, now: number): void {
  if (notOnOrAfter !== undefined && notOnOrAfter <= now) throw unmet('an assertion that is not valid any more');
}

const unmet = (what: string): SamlRefusal =>
  new SamlRefusal('request_unsupported', `the request asks for ${what}`, {
    status: { top: 'responder', second: 'requestUnsupported' },
  });
