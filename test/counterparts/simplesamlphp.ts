/** SimpleSAMLphp as a service, as Debian packages it, in the web server that PHP brings for trying things out. */
import { existsSync } from 'node:fs';
import { findProgram, type Need } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { newServiceKey } from './certificate.ts';
import { answers, type Folder, openFolder, startProgram } from './program.ts';

const php = findProgram('php', ['/usr/bin/php']);
const pages = '/usr/share/simplesamlphp/www';

export const simplesamlphp: Need = { ...php, name: 'simplesamlphp', isMet: php.isMet && existsSync(pages) };

export interface PhpService {
  /** Where it says what it is. */
  readonly metadata: string;
  /** A page for people who are signed in, which shows what is known of them; it logs them out with `&logout`. */
  readonly secure: string;
  said(): string;
  end(): Promise<void>;
}

export async function startPhpService(idp: {
  readonly entityId: string;
  readonly metadata: string;
}): Promise<PhpService> {
  const folder = openFolder();
  const port = await freePort();
  const site = `http://localhost:${port}`;
  await configure(folder, site, idp);
  const quiet = ['-d', 'error_reporting=0', '-d', 'display_errors=0'];
  const program = await startProgram(php.path, ['-S', `127.0.0.1:${port}`, '-t', pages, ...quiet], {
    environment: { SIMPLESAMLPHP_CONFIG_DIR: folder.path },
    isUp: () => answers(`http://127.0.0.1:${port}/resources/default.css`),
  });
  return {
    metadata: `${site}/module.php/saml/sp/metadata.php/default-sp`,
    secure: `${site}/module.php/core/authenticate.php?as=default-sp`,
    said: program.said,
    async end() {
      await program.end();
      folder.remove();
    },
  };
}

async function configure(folder: Folder, site: string, idp: { readonly entityId: string; readonly metadata: string }) {
  const { key, certificate } = await newServiceKey();
  folder.write('sp.key', key);
  folder.write('sp.crt', certificate);
  folder.write(
    'config.php',
    `<?php $config = [
  'baseurlpath' => '${site}/',
  'certdir' => '${folder.path}/', 'loggingdir' => '${folder.path}/', 'datadir' => '${folder.path}/',
  'tempdir' => '${folder.path}/tmp',
  'secretsalt' => 'known to nobody else', 'auth.adminpassword' => 'known to nobody else',
  'timezone' => 'UTC', 'language.available' => ['en'], 'language.default' => 'en',
  'logging.handler' => 'file', 'showerrors' => true,
  'session.cookie.secure' => false, 'session.cookie.samesite' => null, 'store.type' => 'phpsession',
  'metadata.sources' => [['type' => 'xml', 'file' => '${folder.write('idp.xml', idp.metadata)}']],
  'module.enable' => ['core' => true, 'saml' => true],
];`,
  );
  folder.write(
    'authsources.php',
    `<?php $config = ['default-sp' => ['saml:SP',
  'entityID' => '${site}/sp', 'idp' => '${idp.entityId}',
  'privatekey' => 'sp.key', 'certificate' => 'sp.crt',
  'sign.authnrequest' => true, 'sign.logout' => true, 'redirect.validate' => true, 'WantAssertionsSigned' => true,
]];`,
  );
}
