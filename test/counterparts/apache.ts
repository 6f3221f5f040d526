/** Apache httpd with one page that only people who are signed in may see. The page shows what the server knows of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, type Need } from '../support/find-program.ts';
import { answers, type Folder, type Program, startProgram } from './program.ts';

export const apache2: Need = findProgram('apache2', ['/usr/sbin/apache2', '/usr/sbin/httpd']);

const modules = '/usr/lib/apache2/modules';

/** A module of Apache, with Apache itself. */
export const apacheModule = (name: string): Need => ({
  name: `${name} for apache2`,
  isMet: apache2.isMet && existsSync(join(modules, `${name}.so`)),
  path: join(modules, `${name}.so`),
});

export interface Site {
  readonly port: number;
  /** As `LoadModule` wants it. */
  readonly module: { readonly name: string; readonly path: string };
  /** What the module is told. */
  readonly lines: string;
}

export async function startApache(folder: Folder, { port, module, lines }: Site, environment = {}): Promise<Program> {
  const log = join(folder.path, 'error.log');
  folder.write('pages/secure/index.shtml', 'signed in\n<!--#printenv -->\n');
  folder.write('pages/index.html', 'open to everybody\n');
  const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'mime', 'include'];
  const file = folder.write(
    'apache.conf',
    `${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
LoadModule ${module.name} ${module.path}
ServerName http://localhost:${port}
UseCanonicalName On
Listen 127.0.0.1:${port}
PidFile ${folder.path}/apache.pid
DefaultRuntimeDir ${folder.path}
Mutex pthread
ErrorLog ${log}
LogLevel warn
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
DocumentRoot ${folder.path}/pages
TypesConfig /dev/null
DirectoryIndex index.shtml index.html
AddType text/html .shtml .html
AddOutputFilter INCLUDES .shtml
<Directory ${folder.path}/pages>
  Options +Includes
  Require all granted
</Directory>
${lines}
`,
  );
  const args = ['-f', file, '-DFOREGROUND'];
  const program = await startProgram(apache2.path, args, {
    environment,
    isUp: () => answers(`http://127.0.0.1:${port}/`),
  });
  return { ...program, said: () => readFileSync(log, 'utf8') };
}
