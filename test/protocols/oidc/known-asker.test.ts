import { describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import { checkAsker } from '../../../src/protocols/oidc/known-asker.ts';
import { sampleSamlConnection } from '../../core/connections/sample-saml-connection.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { sampleConnection } from '../../core/sample-records.ts';

const fresh = freshWorld();
const tokenFor = (aud: unknown): string => `e30.${Buffer.from(JSON.stringify({ aud })).toString('base64url')}.x`;

async function check(parameters: Record<string, string>): Promise<void> {
  await fresh().put(connections, sampleConnection());
  await fresh().put(connections, sampleSamlConnection());
  await checkAsker(fresh().world, new URLSearchParams(parameters).toString());
}

describe('who asks', () => {
  it.each<[string, Record<string, string>]>([
    ['client_id', { client_id: 'kulasis' }],
    ['the audience of its ID token', { id_token_hint: tokenFor('kulasis') }],
    ['the first of several', { id_token_hint: tokenFor(['kulasis', 'other']) }],
  ])('is known by %s', async (_how, parameters) => {
    await expect(check(parameters)).resolves.toBeUndefined();
  });

  it.each<[string, Record<string, string>]>([
    ['nobody', { state: 'x' }],
    ['a client that is not connected', { client_id: 'unknown' }],
    ['such a client, and a known one in the token', { client_id: 'unknown', id_token_hint: tokenFor('kulasis') }],
    ['a service that speaks SAML', { client_id: sampleSamlConnection().id }],
    ['a token that is none', { id_token_hint: 'x.y.z' }],
    ['a token for nobody', { id_token_hint: tokenFor([]) }],
    ['a token for a number', { id_token_hint: tokenFor(5) }],
    ['a token for an object', { id_token_hint: tokenFor({ kulasis: 1 }) }],
    ['a token for a list of lists', { id_token_hint: tokenFor([['kulasis']]) }],
  ])('is not known: %s', async (_who, parameters) => {
    await expect(check(parameters)).rejects.toMatchObject({ code: 'connection.not_found' });
  });
});
