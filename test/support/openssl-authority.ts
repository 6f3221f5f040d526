/** Certificates as others make them: an authority by the openssl command, in a folder of its own that goes with it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, type Need } from './find-program.ts';

export const openssl: Need = findProgram('openssl', ['/usr/bin/openssl']);

/** PEM. */
export interface KeyedCertificate {
  readonly key: string;
  readonly certificate: string;
}

export interface CertificateWishes {
  /** As openssl takes it: /C=JP/O=Kyoto/CN=a; `+` joins two in one relative name. */
  readonly subject?: string;
  /** DNS:a.example,IP:10.0.0.1 */
  readonly names?: string;
  /** Generalised times, 20200101000000Z. */
  readonly from?: string;
  readonly until?: string;
  readonly purpose?: 'clientAuth' | 'serverAuth';
  /** May sign others. */
  readonly isAuthority?: boolean;
  /** In place of all that follow from the wishes above, but for the names. */
  readonly extensions?: readonly string[];
  /** rsa:2048, ec for the usual one */
  readonly newKey?: string;
  readonly digest?: string;
}

export interface ListWishes {
  readonly extensions: readonly string[];
  /** Where one of those says `@point`. */
  readonly point?: string;
  readonly from?: string;
}

export interface Authority extends KeyedCertificate {
  /** Where its certificate lies. */
  readonly file: string;
  issue(wishes?: CertificateWishes): KeyedCertificate;
  /** An authority below this one. */
  below(subject: string, wishes?: CertificateWishes): Authority;
  revoke(certificate: string): void;
  /** The path of a list, made now, that is in force until then. */
  list(until?: string, wishes?: ListWishes): string;
  /** With everything below it. */
  close(): void;
}

const run = (folder: string, ...words: readonly string[]): string =>
  execFileSync(openssl.path, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const ecKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** One whose certificate nobody signed but itself. */
export function selfSigned({ subject = '/CN=alone', names, from, until }: CertificateWishes = {}): KeyedCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-alone-'));
  try {
    prepare(folder);
    writeFileSync(join(folder, 'extensions'), names ? `subjectAltName=${names}` : 'basicConstraints=CA:FALSE');
    run(folder, 'req', '-new', ...ecKey, '-keyout', 'key', '-out', 'csr', '-subj', subject);
    const signed = ['-selfsign', '-keyfile', 'key', '-in', 'csr', '-out', 'pem', '-extfile', 'extensions'];
    run(folder, 'ca', '-config', 'settings', ...quietly, ...signed, ...termOf(from, until));
    return { key: readFileSync(join(folder, 'key'), 'utf8'), certificate: readFileSync(join(folder, 'pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const quietly = ['-batch', '-notext', '-preserveDN'];

const termOf = (from: string | undefined, until: string | undefined): readonly string[] => [
  ...(from ? ['-startdate', from] : []),
  ...(until ? ['-enddate', until] : []),
];

export function openAuthority(subject = '/C=JP/O=Example University/CN=Example CA'): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-authority-'));
  const signed = ['-x509', '-days', '3650', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  run(folder, 'req', ...ecKey, ...signed, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', subject);
  return authorityIn(folder);
}

const settings = `
[ca]
default_ca = here
[here]
database = index
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
rand_serial = yes
default_md = sha256
default_days = 30
default_crl_days = 7
crlnumber = crlnumber
policy = any
unique_subject = no
copy_extensions = none
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
userId = optional
serialNumber = optional
emailAddress = optional
domainComponent = optional
`;

function prepare(folder: string): void {
  writeFileSync(join(folder, 'index'), '');
  writeFileSync(join(folder, 'crlnumber'), '01\n');
  writeFileSync(join(folder, 'settings'), settings);
}

function authorityIn(folder: string): Authority {
  prepare(folder);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  let made = 0;

  function sign({ subject = '/CN=a', names, from, until, ...wishes }: CertificateWishes): string {
    const { purpose, isAuthority, newKey, digest } = wishes;
    made += 1;
    const name = `leaf-${made}`;
    const usual = [
      `basicConstraints=critical,CA:${isAuthority ? 'TRUE' : 'FALSE'}`,
      `keyUsage=critical,${isAuthority ? 'keyCertSign,cRLSign' : 'digitalSignature'}`,
      ...(isAuthority ? [] : [`extendedKeyUsage=${purpose ?? 'clientAuth'}`]),
    ];
    const extensions = [...(wishes.extensions ?? usual), ...(names ? [`subjectAltName=${names}`] : [])];
    writeFileSync(join(folder, `${name}.extensions`), extensions.join('\n'));
    const key = newKey ? ['-newkey', newKey, '-nodes'] : ecKey;
    run(folder, 'req', '-new', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const signed = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.extensions`];
    const hashed = digest ? ['-md', digest] : [];
    run(folder, 'ca', '-config', 'settings', ...quietly, ...hashed, ...signed, ...termOf(from, until));
    return name;
  }

  return {
    file: join(folder, 'ca.pem'),
    key: read('ca.key'),
    certificate: read('ca.pem'),
    issue(wishes = {}) {
      const name = sign(wishes);
      return { key: read(`${name}.key`), certificate: read(`${name}.pem`) };
    },
    below(subject, wishes = {}) {
      const name = sign({ isAuthority: true, ...wishes, subject });
      const lower = join(folder, `below-${name}`);
      mkdirSync(lower);
      writeFileSync(join(lower, 'ca.key'), read(`${name}.key`));
      writeFileSync(join(lower, 'ca.pem'), read(`${name}.pem`));
      return authorityIn(lower);
    },
    revoke(certificate) {
      writeFileSync(join(folder, 'revoked.pem'), certificate);
      run(folder, 'ca', '-config', 'settings', '-revoke', 'revoked.pem');
    },
    list(until, wishes) {
      made += 1;
      const file = `list-${made}.pem`;
      const begun = wishes?.from ? ['-crl_lastupdate', wishes.from] : [];
      const term = [...begun, ...(until ? ['-crl_nextupdate', until] : [])];
      const { extensions = [], point = '' } = wishes ?? {};
      const sections = ['[extensions]', ...extensions, '[point]', point, ''];
      writeFileSync(join(folder, 'list-settings'), settings + sections.join('\n'));
      const extended = wishes ? ['-crlexts', 'extensions'] : [];
      run(folder, 'ca', '-config', 'list-settings', '-gencrl', '-out', file, ...term, ...extended);
      return join(folder, file);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
