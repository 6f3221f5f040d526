/**
 * What a service is to be told must be defined, have a name in its protocol, and stand there once. Works on whatever part
 * of an entry the schema accepts; paths begin at the entry.
 */
import { nearest } from '../../base/document/nearest.ts';
import type { Finding } from '../../base/document/problem.ts';
import type { AttributeDefinition, AttributeDefinitions, AttributeReading } from '../attributes/definition.ts';
import type { ConsentRule } from './connection.ts';
import type { SamlSettings } from './saml-settings.ts';

interface Entry {
  readonly release?: readonly ({ readonly attribute?: string | undefined } | undefined)[] | undefined;
  readonly oidc?: object | undefined;
  readonly saml?: { readonly attributeNames?: Readonly<Record<string, string | undefined>> | undefined } | undefined;
}

export function checkRelease(entry: Entry, definitions: AttributeDefinitions): readonly Finding[] {
  const names = (entry.release ?? []).map((item) => item?.attribute);
  return names.flatMap((name, index): readonly Finding[] => {
    if (name === undefined) return [];
    const problem = names.indexOf(name) < index ? `${name} stands here twice` : problemOf(name, entry, definitions);
    return problem === undefined ? [] : [{ path: ['release', index, 'attribute'], message: problem }];
  });
}

function problemOf(name: string, entry: Entry, definitions: AttributeDefinitions): string | undefined {
  const definition = definitions.get(name);
  return definition ? unnamed(name, definition, entry) : unknownAttribute(name, definitions);
}

/** Also of other fields that name an attribute. */
export function unknownAttribute(name: string, definitions: AttributeDefinitions): string {
  const meant = nearest(name, [...definitions.keys()]);
  return `there is no attribute ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** What has no name in a protocol would be approved, be shown to people, and never arrive. */
function unnamed(name: string, { claim, saml }: AttributeDefinition, entry: Entry): string | undefined {
  if (entry.oidc && claim === undefined)
    return `${name} has no claim, by which a service by OpenID Connect could be told of it`;
  if (entry.saml && saml === undefined && entry.saml.attributeNames?.[name] === undefined) {
    return `${name} has no name in SAML; write one under saml.attributeNames, or in attributes.definitions of the configuration`;
  }
  return undefined;
}

type Named = Pick<SamlSettings, 'nameIds' | 'nameIdFrom' | 'preset'>;

/**
 * Where people are asked, they are asked about what is under release: a name that tells something else of them by the way
 * would go past the question. Not of Microsoft 365, which knows somebody by one name and one attribute, and by nothing else.
 */
export function checkTellingNames(
  { consent, release }: Entry & { readonly consent?: ConsentRule | undefined },
  { nameIds = [], nameIdFrom, preset }: { readonly [Key in keyof Named]?: Named[Key] | undefined },
  definitions: AttributeDefinitions,
): readonly Finding[] {
  if (consent === undefined || consent === 'none' || preset === 'microsoft365') return [];
  const released = (release ?? []).flatMap((item) => item?.attribute ?? []);
  const tellsMail = released.some((name) => definitions.get(name)?.source === 'mail');
  const from = nameIdFrom === undefined ? undefined : definitions.get(nameIdFrom);
  const isHidden = from !== undefined && !tellsNothing.includes(from.source) && !released.includes(nameIdFrom ?? '');
  return [
    ...(isHidden ? [{ path: ['saml', 'nameIdFrom'], message: `${nameIdFrom} is not under release${unasked}` }] : []),
    ...(nameIds.includes('email') && !tellsMail
      ? [{ path: ['saml', 'nameIds'], message: `email tells the mail address, which is not under release${unasked}` }]
      : []),
  ];
}

const unasked = ': people are asked about that alone; release it, or write consent: none';

/** Made here, and of nothing that a person is known by. */
const tellsNothing: readonly AttributeReading[] = ['uniqueId', 'targetedId'];
