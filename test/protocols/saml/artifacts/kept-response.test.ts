import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../../src/base/digest.ts';
import { minutes } from '../../../../src/base/duration.ts';
import { keepResponse, keptResponses, takeResponse } from '../../../../src/protocols/saml/artifacts/kept-response.ts';
import type { CanonicalXml } from '../../../../src/protocols/saml/xml/write.ts';
import { freshWorld } from '../../../core/fresh-world.ts';

const xml = '<samlp:Response>京都 花子</samlp:Response>' as CanonicalXml;
const keeping = { issuer: 'https://idp.example/saml/metadata', connectionId: 'kumoi', lifetime: minutes(1) };

describe('a kept response', () => {
  const fresh = freshWorld(keptResponses);

  it('is taken once, by the service for which it was made', async () => {
    const { world } = fresh();
    const artifact = await keepResponse(world, xml, keeping);
    expect(await takeResponse(world, artifact, 'other')).toBeUndefined();
    expect(await takeResponse(world, artifact, 'kumoi')).toBe(xml);
    expect(await takeResponse(world, artifact, 'kumoi')).toBeUndefined();
  });

  it('is taken by one of several who come at the same moment', async () => {
    const { world } = fresh();
    const artifact = await keepResponse(world, xml, keeping);
    const taken = await Promise.all([1, 2, 3].map(() => takeResponse(world, artifact, 'kumoi')));
    expect(taken.filter((found) => found !== undefined)).toEqual([xml]);
  });

  it('cannot be read in the store, nor fetched by what stands there', async () => {
    const { world } = fresh();
    const artifact = await keepResponse(world, xml, keeping);
    const kept = await world.store.get(keptResponses, digestOf(artifact));
    expect(JSON.stringify(kept)).not.toContain('花子');
    expect(JSON.stringify(kept)).not.toContain(artifact);
    expect(Buffer.from(kept?.sealed ?? '', 'base64url').toString()).not.toContain('花子');
    expect(await takeResponse(world, kept?.id ?? '', 'kumoi')).toBeUndefined();
  });

  it('is there for its time by a clock that is a minute ahead, and gone when that is over', async () => {
    const { world, clock } = fresh();
    const artifact = await keepResponse(world, xml, keeping);
    const another = await keepResponse(world, xml, keeping);
    clock.advance(minutes(2) - 1);
    expect(await takeResponse(world, another, 'kumoi')).toBe(xml);
    clock.advance(1);
    expect(await takeResponse(world, artifact, 'kumoi')).toBeUndefined();
  });
});
