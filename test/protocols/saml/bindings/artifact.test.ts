import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../../src/base/ids.ts';
import {
  newArtifact,
  readArtifact,
  sourceIdOf,
  writeArtifact,
} from '../../../../src/protocols/saml/bindings/artifact.ts';
import { refusalOf } from '../refused.ts';

const entityId = 'https://idp.example.ac.jp/saml/metadata';

describe('an artifact', () => {
  it('is read as it was written', () => {
    const artifact = newArtifact(entityId, 0x0102, systemIds);
    expect(readArtifact(writeArtifact(artifact))).toEqual(artifact);
  });

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

  const written = Buffer.from(writeArtifact(newArtifact(entityId, 0, systemIds)), 'base64');
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another type', Buffer.concat([Buffer.of(0, 1), written.subarray(2)])],
    ['an octet too few', written.subarray(1)],
    ['an octet too many', Buffer.concat([written, Buffer.of(0)])],
  ])('cannot be read from %s', (_, octets) => {
    expect(refusalOf(() => readArtifact(octets.toString('base64')))).toBe('message_unreadable');
  });

  it('cannot be read from what is not base64', () => {
    expect(refusalOf(() => readArtifact('%'.repeat(60)))).toBe('message_unreadable');
  });
});
