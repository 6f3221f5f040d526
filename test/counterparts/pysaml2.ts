/** A service with pysaml2: a small program in Python, driven over loopback. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findProgram, type Need } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { xmlsec1 } from '../support/needs.ts';
import { newServiceKey } from './certificate.ts';
import { answers, openFolder, startProgram } from './program.ts';

/** The system's, for which Debian's package is. */
const python = findProgram('python3', ['/usr/bin/python3']);

export const pysaml2: Need = {
  ...python,
  name: 'python3-pysaml2',
  isMet: python.isMet && xmlsec1.isMet && spawnSync(python.path, ['-c', 'import saml2']).status === 0,
};

export interface PythonService {
  readonly site: string;
  said(): string;
  end(): Promise<void>;
}

export interface Wishes {
  readonly metadata: string;
  readonly signsRequests: boolean;
  readonly wantsSignedAssertions: boolean;
}

export async function startPythonService({ metadata, ...wishes }: Wishes): Promise<PythonService> {
  const folder = openFolder();
  const port = await freePort();
  const site = `http://localhost:${port}`;
  const { key, certificate } = await newServiceKey();
  const settings = folder.write(
    'settings.json',
    JSON.stringify({
      ...wishes,
      site,
      port,
      xmlsec1: xmlsec1.path,
      key: folder.write('sp.key', key),
      certificate: folder.write('sp.pem', certificate),
      idp: folder.write('idp.xml', metadata),
    }),
  );
  const service = fileURLToPath(new URL('pysaml2-service.py', import.meta.url));
  const program = await startProgram(python.path, ['-B', service, settings], {
    isUp: () => answers(`http://127.0.0.1:${port}/`),
  });
  return {
    site,
    said: program.said,
    async end() {
      await program.end();
      folder.remove();
    },
  };
}
