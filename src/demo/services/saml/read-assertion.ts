/** A verified assertion in our own words: who it is about, what came with it, and by which names the login is known. */
import type { Text } from '../language.ts';
import type { ReceivedPart } from '../received.ts';
import type { Claims } from '../sessions.ts';
import { namespaces } from './names.ts';
import { elementsIn, parseXml, textOf } from './xml.ts';

export interface ReadAssertion {
  readonly claims: Claims;
  readonly received: readonly ReceivedPart[];
  readonly names: readonly string[];
}

const { assertion } = namespaces;
const eduPerson = 'urn:oid:1.3.6.1.4.1.5923.1.1.1';
const japanese = 'urn:oid:1.3.6.1.4.1.32264.1.1';

export const mailName = 'urn:oid:0.9.2342.19200300.100.1.3';
export const displayName = 'urn:oid:2.16.840.1.113730.3.1.241';
export const jaDisplayName = `${japanese}.3`;
export const affiliationName = `${eduPerson}.1`;

/** What we know of an attribute: what OpenID Connect calls it, and what people do. */
const attributes: Readonly<Record<string, { readonly claim?: string; readonly meaning: Text }>> = {
  [displayName]: { claim: 'name#en', meaning: { ja: '氏名(ローマ字)', en: 'Name' } },
  [jaDisplayName]: { claim: 'name#ja', meaning: { ja: '氏名', en: 'Name in Japanese' } },
  [mailName]: { claim: 'email', meaning: { ja: 'メールアドレス', en: 'E-mail address' } },
  [affiliationName]: { claim: 'eduperson_affiliation', meaning: { ja: '身分', en: 'Affiliation' } },
  [`${eduPerson}.9`]: { meaning: { ja: '身分(大学名付き)', en: 'Affiliation with its university' } },
};

const meanings: Readonly<Record<string, Text>> = {
  AuthnContextClassRef: { ja: '認証コンテキスト', en: 'Authentication context' },
  AuthnInstant: { ja: '認証した時刻', en: 'Time of the login' },
  NameID: { ja: 'このサービスでの利用者識別子', en: 'Your identifier at this service' },
  'NameID Format': { ja: '利用者識別子の形式', en: 'Kind of identifier' },
  SessionIndex: { ja: 'セッションの識別子', en: 'Session identifier' },
  Issuer: { ja: '発行者', en: 'Issued by' },
  Audience: { ja: '宛先', en: 'Meant for' },
  IssueInstant: { ja: '発行時刻', en: 'Issued' },
  NotOnOrAfter: { ja: '有効期限', en: 'Valid until' },
  InResponseTo: { ja: '対応するログイン要求', en: 'In answer to' },
};

export function readAssertion(xml: string): ReadAssertion {
  const root = parseXml(xml);
  const first = (name: string) => elementsIn(root, assertion, name)[0];
  const at = (name: string, attribute: string) => first(name)?.getAttribute(attribute) || undefined;
  const nameId = textOf(first('NameID'));
  const sessionIndex = at('AuthnStatement', 'SessionIndex');
  const login = {
    AuthnContextClassRef: textOf(first('AuthnContextClassRef')) || undefined,
    AuthnInstant: moment(at('AuthnStatement', 'AuthnInstant')),
    NameID: nameId,
    'NameID Format': at('NameID', 'Format'),
    SessionIndex: sessionIndex,
    Issuer: textOf(first('Issuer')),
    Audience: textOf(first('Audience')) || undefined,
    IssueInstant: moment(root.getAttribute('IssueInstant') ?? undefined),
    NotOnOrAfter: moment(at('Conditions', 'NotOnOrAfter')),
    InResponseTo: at('SubjectConfirmationData', 'InResponseTo'),
  };
  const { values, friendlyNames } = readAttributes(root);
  const claims = Object.entries(values).flatMap(([name, value]) => {
    const claim = attributes[name]?.claim;
    return claim === undefined ? [] : [[claim, value.length === 1 ? value[0] : value] as const];
  });
  return {
    claims: { ...Object.fromEntries(claims), sub: nameId },
    received: [
      { kind: 'attributes', values, alwaysListed: [], meanings: attributeMeanings, friendlyNames },
      { kind: 'assertion', values: login, alwaysListed: Object.keys(login), meanings },
    ],
    names: loginNames(nameId, sessionIndex),
  };
}

/** A logout names a person, and may name one of their logins (Core 3.7.1). */
export const loginNames = (nameId: string, sessionIndex: string | undefined): readonly string[] => [
  nameId,
  ...(sessionIndex === undefined ? [] : [loginName(nameId, sessionIndex)]),
];

export const loginName = (nameId: string, sessionIndex: string | undefined): string =>
  sessionIndex === undefined ? nameId : `${nameId} ${sessionIndex}`;

const attributeMeanings = Object.fromEntries(Object.entries(attributes).map(([name, { meaning }]) => [name, meaning]));

function readAttributes(root: Element) {
  const found = elementsIn(root, assertion, 'Attribute').map((one) => ({
    name: one.getAttribute('Name') ?? '',
    friendlyName: one.getAttribute('FriendlyName') || undefined,
    values: elementsIn(one, assertion, 'AttributeValue').map(textOf),
  }));
  return {
    values: Object.fromEntries(found.map(({ name, values }) => [name, values])),
    friendlyNames: Object.fromEntries(
      found.flatMap(({ name, friendlyName }) => (friendlyName === undefined ? [] : [[name, friendlyName]])),
    ),
  };
}

const moment = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
