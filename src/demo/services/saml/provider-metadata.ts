/**
 * What the provider says of itself: where it takes requests, and with which keys it signs. Believed because of where it was
 * fetched: over https from the provider itself, or on this machine.
 */
import { bindings, namespaces } from './names.ts';
import { elementsIn, parseXml, textOf } from './xml.ts';

export interface ProviderMetadata {
  readonly entityId: string;
  readonly signOnUrl: string;
  /** Where logout requests go; absent where it takes none by redirect. */
  readonly logoutUrl: string | undefined;
  /** Where answers to its own go. */
  readonly logoutAnswerUrl: string | undefined;
  readonly certificates: readonly string[];
}

const answerWithinMs = 10_000;

/** @throws Error when nobody answers, or what comes is of no use. */
export async function fetchMetadata(url: string, now = Date.now()): Promise<ProviderMetadata> {
  const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs), redirect: 'error' });
  if (!response.ok) throw new Error(`the metadata is answered with ${response.status}`);
  return readMetadata(await response.text(), now);
}

export function readMetadata(text: string, now: number): ProviderMetadata {
  const entity = parseXml(text);
  const [role] = elementsIn(entity, namespaces.metadata, 'IDPSSODescriptor');
  if (!role) throw new Error('the metadata is of no identity provider');
  if (Date.parse(entity.getAttribute('validUntil') ?? '') <= now) throw new Error('the metadata is out of date');
  const byRedirect = (name: string) =>
    elementsIn(role, namespaces.metadata, name).find((one) => one.getAttribute('Binding') === bindings.redirect);
  const logout = byRedirect('SingleLogoutService');
  const signOnUrl = byRedirect('SingleSignOnService')?.getAttribute('Location');
  const certificates = elementsIn(role, namespaces.metadata, 'KeyDescriptor')
    .filter((key) => key.getAttribute('use') !== 'encryption')
    .flatMap((key) => elementsIn(key, namespaces.signature, 'X509Certificate').map(textOf));
  if (!signOnUrl || certificates.length === 0) throw new Error('the metadata lacks an address or a key');
  const logoutUrl = logout?.getAttribute('Location') ?? undefined;
  return {
    entityId: entity.getAttribute('entityID') ?? '',
    signOnUrl,
    logoutUrl,
    logoutAnswerUrl: logout?.getAttribute('ResponseLocation') || logoutUrl,
    certificates,
  };
}
