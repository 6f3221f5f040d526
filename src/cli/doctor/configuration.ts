/** The configuration as it was accepted: what in it is meant for trying things out. */
import { isLoopbackHost } from '../../base/loopback-host.ts';
import { cautionsOf } from '../../config/rules/cautions.ts';
import { checkProduction } from '../../config/rules/production.ts';
import { type Finding, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

export function checkConfiguration({ config }: Patient): readonly Finding[] {
  const { mode, server } = config;
  const found: Finding[] = [ok('configuration', `it is accepted; the issuer is ${server.issuer}`)];
  if (isLoopbackHost(new URL(server.issuer).hostname)) {
    found.push(
      note(
        'configuration',
        'the issuer is a loopback address: only this machine can sign in',
        'Set server.issuer before services are connected.',
      ),
    );
  }
  found.push(...cautionsOf(config).map(({ what, todo }) => note('configuration', what, todo)));
  if (mode === 'development') {
    const refused = checkProduction({ ...config, mode: 'production' });
    found.push(note('configuration', 'the mode is development', 'Set mode to production for real people.'));
    for (const { path, message } of refused) {
      found.push(note('configuration', `production would refuse ${path.join('.')}: ${message}`));
    }
  }
  return found;
}
