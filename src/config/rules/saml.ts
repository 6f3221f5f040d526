/** What our SAML metadata promises, against what the rest of the configuration keeps. */
import type { Finding } from '../../base/document/problem.ts';
import type { AcceptedPart } from '../schema.ts';

const sirtfi = /^https:\/\/refeds\.org\/sirtfi2?$/;

export function checkSamlMetadata({ saml, keys }: AcceptedPart): readonly Finding[] {
  const { validity, cache, contacts, assuranceCertifications } = saml?.metadata ?? {};
  const ahead = keys?.certificates?.publishAhead;
  const findings: Finding[] = [];
  const object = (key: string, message: string) => findings.push({ path: ['saml', 'metadata', key], message });
  if (validity !== undefined && cache !== undefined && cache >= validity) {
    object('cache', 'is not shorter than saml.metadata.validity: services would go on with what has ended');
  }
  // Whoever fetched it the day before would meet signatures by a key that they were never told of.
  if (validity !== undefined && ahead !== undefined && validity > ahead) {
    object('validity', 'is longer than keys.certificates.publishAhead: some would not know the next key when it signs');
  }
  const claims = (assuranceCertifications ?? []).some((one) => one !== undefined && sirtfi.test(one));
  if (claims && contacts && !contacts.some((contact) => contact?.kind === 'security')) {
    object('contacts', 'has no security contact, which Sirtfi asks for');
  }
  return findings;
}
