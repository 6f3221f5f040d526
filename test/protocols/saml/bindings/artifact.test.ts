import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../../src/base/ids.ts';
import { newArtifact, sourceIdOf, writeArtifact } from '../../../../src/protocols/saml/bindings/artifact.ts';

const entityId = 'https://idp.example.ac.jp/saml/metadata';

describe('an artifact', () => {
  it('has the octets of Bindings 3.6.4: type, index, SHA-1 of the issuer, handle', () => {
    const text = writeArtifact({ endpointIndex: 1, sourceId: sourceIdOf('a'), handle: 'ff'.repeat(20) });
    expect(Buffer.from(text, 'base64').toString('hex')).toBe(
      `0004${'0001'}86f7e437faa5a7fce15d1ddcb9eaeaea377667b8${'ff'.repeat(20)}`,
    );
  });

  it('never has the handle of another', () => {
    const handles = Array.from({ length: 100 }, () => newArtifact(entityId, 0, systemIds).handle);
    expect(new Set(handles).size).toBe(100);
    expect(handles[0]).toHaveLength(40);
  });
});
