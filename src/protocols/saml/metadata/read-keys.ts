/** The certificates of a role (Metadata 2.4.1.1), as base64 of their DER, and what it can decrypt. */
import { X509Certificate } from 'node:crypto';
import type { SamlSettings } from '../../../core/connections/saml-settings.ts';
import { namespaces } from '../names.ts';
import { childrenNamed, type XmlElement } from '../xml/element.ts';

export interface ReadKeys {
  readonly signing: readonly string[];
  readonly encryption: readonly string[];
  readonly cipher?: SamlSettings['cipher'];
  readonly remarks: readonly string[];
}

const { metadata, signature, encryption11, encryption } = namespaces;
/** The preferred one of ours first. */
const ours: readonly (readonly [SamlSettings['cipher'], string])[] = [
  ['aes256-gcm', `${encryption11}aes256-gcm`],
  ['aes128-gcm', `${encryption11}aes128-gcm`],
];
const old = [
  `${encryption}aes256-cbc`,
  `${encryption}aes192-cbc`,
  `${encryption}aes128-cbc`,
  `${encryption}tripledes-cbc`,
];

export function readKeys(role: XmlElement): ReadKeys {
  const keys = childrenNamed(role, metadata, 'KeyDescriptor');
  const usedFor = (use: string) =>
    keys.filter(({ attributes }) => attributes.use === undefined || attributes.use === use);
  const methods = usedFor('encryption').flatMap((key) =>
    childrenNamed(key, metadata, 'EncryptionMethod').flatMap(({ attributes }) => attributes.Algorithm ?? []),
  );
  const cipher = ours.find(([, name]) => methods.includes(name))?.[0];
  return {
    signing: certificatesIn(usedFor('signing')),
    encryption: certificatesIn(usedFor('encryption')),
    ...(cipher === undefined ? {} : { cipher }),
    remarks: [...remarksOn(keys), ...remarksOnMethods(methods, cipher)],
  };
}

/** Once each: during a rollover the same one often stands there under two names. */
const certificatesIn = (keys: readonly XmlElement[]): readonly string[] => [...new Set(keys.flatMap(certificatesOf))];

function certificatesOf(key: XmlElement): readonly string[] {
  const written = childrenNamed(key, signature, 'KeyInfo')
    .flatMap((keyInfo) => childrenNamed(keyInfo, signature, 'X509Data'))
    .flatMap((held) => childrenNamed(held, signature, 'X509Certificate'));
  return written.map(({ text }) => asDer(text));
}

/** Some write the lines of PEM there, or line breaks of their own. What is no certificate stays, to be complained about. */
function asDer(text: string): string {
  const bare = text.replaceAll(/-----(?:BEGIN|END) CERTIFICATE-----|\s+/g, '');
  try {
    return new X509Certificate(Buffer.from(bare, 'base64')).raw.toString('base64');
  } catch {
    return bare;
  }
}

function remarksOn(keys: readonly XmlElement[]): readonly string[] {
  const without = keys.filter((key) => certificatesOf(key).length === 0).length;
  return without === 0 ? [] : [`${without} of its keys are not written as certificates, and are not used`];
}

function remarksOnMethods(methods: readonly string[], cipher: SamlSettings['cipher'] | undefined): readonly string[] {
  if (cipher !== undefined || !methods.some((method) => old.includes(method))) return [];
  return [
    'it can decrypt AES-CBC only, by its own word, which is broken; it is sent aes256-gcm, or say encrypts: never',
  ];
}
