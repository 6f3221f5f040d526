/**
 * The one name by which a service is known in the certificates that an authority issues to it (RFC 8705, 2.1.2), and whether
 * a certificate bears it. Several names of one kind may stand there; one that is the expected one is enough.
 */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { namesIn, type SubjectNames, shortestAddress } from './certificate-names.ts';
import { isSameName, writtenName } from './distinguished-name.ts';

export const nameKinds = ['subjectDn', 'sanDns', 'sanUri', 'sanIp', 'sanEmail'] as const;
export type NameKind = (typeof nameKinds)[number];

interface Rule {
  /** Whether such a name can be. */
  accepts(expected: string): boolean;
  readonly words: string;
  isIn(names: SubjectNames, expected: string): boolean;
}

const lowerHost = (email: string): string => {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
};

const rules: Readonly<Record<NameKind, Rule>> = {
  subjectDn: {
    accepts: (expected) => writtenName(expected) !== undefined,
    words: 'a distinguished name as RFC 4514 writes it (CN=service,O=Kyoto University,C=JP)',
    isIn({ subject }, expected) {
      const name = writtenName(expected);
      return name !== undefined && isSameName(subject, name);
    },
  },
  sanDns: {
    accepts: (expected) => /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(expected),
    words: 'a host name, without a wildcard',
    isIn: ({ dns }, expected) => dns.some((name) => name.toLowerCase() === expected.toLowerCase()),
  },
  sanUri: {
    accepts: (expected) => URL.canParse(expected),
    words: 'a URI',
    // As it stands: two spellings of one address are two names here, and the registry can hold the one in use.
    isIn: ({ uri }, expected) => uri.includes(expected),
  },
  sanIp: {
    accepts: (expected) => isIP(expected) !== 0 && !expected.includes('%'),
    words: 'an IP address',
    isIn: ({ ip }, expected) => ip.includes(shortestAddress(expected, isIP(expected) === 6 ? 'ipv6' : 'ipv4')),
  },
  sanEmail: {
    accepts: (expected) => /^[^@\s]+@[^@\s]+$/.test(expected),
    words: 'a mail address',
    // Before the @ case counts (RFC 5280, 7.5).
    isIn: ({ email }, expected) => email.some((name) => lowerHost(name) === lowerHost(expected)),
  },
};

/** What is wrong with such a name in a document, or undefined. */
export const nameProblem = (kind: NameKind, expected: string): string | undefined =>
  rules[kind].accepts(expected) ? undefined : `expected ${rules[kind].words}`;

export function bearsName(certificate: X509Certificate, kind: NameKind, expected: string): boolean {
  const rule = rules[kind];
  if (!rule.accepts(expected)) return false;
  try {
    return rule.isIn(namesIn(certificate), expected);
  } catch (error) {
    // Its names cannot be read: it bears none.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
