/** Whether services are told all that they were granted: a definition that left the configuration takes its values with it. */
import { definitionsOf } from '../../core/attributes/attributes.ts';
import { allConnections } from '../../core/connections/registry.ts';
import { checkRelease } from '../../core/connections/release-rules.ts';
import { type Finding, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';

export async function checkReleases({ config, file }: OpenPatient): Promise<readonly Finding[]> {
  const { presets, definitions } = config.attributes;
  const defined = definitionsOf(presets, definitions);
  const active = (await allConnections({ store: file.store })).filter(({ state }) => state === 'active');
  const todo = 'Define it again under attributes.definitions, or import the connection with what there is.';
  return active.flatMap((connection) =>
    checkRelease(connection, defined).map(({ message }) =>
      warning('connections', `${connection.id} is told less than it was granted: ${message}`, todo),
    ),
  );
}
