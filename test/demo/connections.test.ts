/** The demonstration's connections say what its services say of themselves. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { isSaml } from '../../src/core/connections/connection.ts';
import { demoConnections } from '../../src/demo/connections.ts';
import { readMetadata } from '../../src/protocols/saml/metadata/read.ts';
import { type KumoiStage, setKumoiStage } from './kumoi-stage.ts';

let stage: KumoiStage;
beforeEach(async () => {
  stage = await setKumoiStage();
});
afterEach(() => stage.close());

it('connects KUMOI as its metadata has it', async () => {
  const { origin } = stage.kumoi;
  const response = await fetch(`${origin}/saml/metadata`);
  expect(response.headers.get('content-type')).toBe('application/samlmetadata+xml');
  const octets = new Uint8Array(await response.arrayBuffer());
  const read = readMetadata(octets);
  if (!read.ok) throw new Error(read.problem);
  const { facts } = read;
  const [certificate = ''] = facts.signingCertificates;
  const oidc = { origin: 'http://other.localhost', secret: 's' };
  const found = demoConnections({ kulasis: oidc, mykuline: oidc, kumoi: { origin, certificate } }, 0).find(isSaml);
  const { entityId, consumers, logout, signingCertificates, encryptionCertificates, cipher, nameIds } = facts;
  expect(found).toMatchObject({
    entityId,
    name: facts.self.name,
    saml: {
      entityId,
      consumers,
      logout,
      signingCertificates,
      encryptionCertificates,
      cipher,
      nameIds,
      requests: 'signed',
    },
  });
  expect(facts).toMatchObject({ signsRequests: true, wantsSignedAssertions: true, remarks: [] });
  expect(facts.requestedAttributes.map(({ friendlyName, isRequired }) => [friendlyName, isRequired])).toEqual([
    ['displayName', true],
    ['jaDisplayName', false],
    ['mail', true],
    ['eduPersonAffiliation', false],
  ]);
});
