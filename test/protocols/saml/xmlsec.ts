/** Runs xmlsec1 on a document in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SigningKey } from '../../../src/protocols/saml/signature/sign.ts';
import { xmlsec1 } from '../../support/needs.ts';
import { pemOf, privatePemOf } from './sample-keys.ts';

/** @throws Error with what it says, when it does not verify. `root`: `namespace:Name` of the element whose ID is referred to. */
export const xmlsecVerifies = (xml: string, certificate: string, root: string): string =>
  run(xml, pemOf(certificate), (key, document) => [
    ...['--verify', '--enabled-key-data', 'rsa,ec', '--pubkey-cert-pem', key, '--id-attr:ID', root, document],
  ]);

/** The document in which what was encrypted stands open. */
export const xmlsecDecrypts = (xml: string, recipient: SigningKey): string =>
  run(xml, privatePemOf(recipient), (key, document) => ['--decrypt', '--privkey-pem', key, document]);

function run(xml: string, key: string, argumentsFor: (key: string, document: string) => readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-xmlsec-'));
  try {
    const [keyFile, document] = [join(folder, 'key.pem'), join(folder, 'document.xml')];
    writeFileSync(keyFile, key);
    writeFileSync(document, xml);
    return execFileSync(xmlsec1.path, argumentsFor(keyFile, document), { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
