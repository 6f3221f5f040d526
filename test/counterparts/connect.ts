/** A service is connected by nothing but its metadata, as `connections import` does it; it knows us by nothing but ours. */

import { connectionSurroundings } from '../../src/cli/surroundings.ts';
import { judgeConnections } from '../../src/core/connections/document.ts';
import { planImport } from '../../src/core/connections/plan-import.ts';
import { metadataKey } from '../../src/core/connections/saml/facts.ts';
import { readMetadata } from '../../src/protocols/saml/metadata/read.ts';
import { operator, type TestSekisho } from '../support/sekisho.ts';

/** What the services of these tests are granted. */
const release = ['principalName', 'mail', 'jaDisplayName', 'scopedAffiliation', 'targetedId'].map((attribute) => ({
  attribute,
  required: true,
}));

/** `settings`: what an operator writes beside the metadata, where a test is about that. */
export async function connectByMetadata(
  { ground }: TestSekisho,
  id: string,
  xml: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { world, config, ring } = ground;
  const read = readMetadata(Buffer.from(xml));
  if (!read.ok) throw new Error(`the metadata of ${id} ${read.problem}`);
  const named = { metadata: `${id}.xml` };
  const metadata = new Map([[metadataKey(named), { ok: true, facts: read.facts, trust: 'of a test' } as const]]);
  const entry = {
    id,
    stage: 'test',
    name: { ja: id, en: id },
    homeUrl: 'http://localhost/',
    desk: { name: { ja: '窓口', en: 'Desk' } },
    consent: 'none',
    release,
    saml: { ...settings, ...named },
  };
  const found = { now: world.clock.now(), keys: ring.current().keys, metadata };
  const judged = judgeConnections({ connections: [entry] }, connectionSurroundings(config, 'connections.yaml', found));
  if (!judged.ok) throw new Error(JSON.stringify(judged.findings));
  const plan = await planImport(world, operator, judged.entries);
  if (plan.findings.length > 0) throw new Error(JSON.stringify(plan.findings));
  await world.store.commit(plan.writes);
}

export const ownMetadata = async ({ issuer }: TestSekisho): Promise<string> =>
  (await fetch(`${issuer}/saml/metadata`)).text();
