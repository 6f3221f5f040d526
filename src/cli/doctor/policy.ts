/** Whether the rules of the policy find the services that they name: one that does not protects nothing, and nobody notices. */
import { allConnections } from '../../core/connections/registry.ts';
import { strayConnections } from '../../core/policy/stray-connections.ts';
import { type Finding, ok, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';

export async function checkPolicy({ config, file }: OpenPatient): Promise<readonly Finding[]> {
  const { rules } = config.policy;
  if (rules.length === 0) return [];
  const known = (await allConnections(file)).map(({ id }) => id);
  const strays = strayConnections(rules, known);
  if (strays.length === 0)
    return [ok('policy', `every connection that a rule names is there (rules: ${rules.length})`)];
  return strays.map((stray) => warning('policy', stray, 'Mend policy.rules, or connect the service.'));
}
