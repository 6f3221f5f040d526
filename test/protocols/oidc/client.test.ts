import { describe, expect, it } from '@jest/globals';
import type { Client, ClientMetadata } from 'oidc-provider';
import { digestOf } from '../../../src/base/digest.ts';
import { hours } from '../../../src/base/duration.ts';
import { connections } from '../../../src/core/connections/connection.ts';
import { claimMapOf } from '../../../src/protocols/oidc/claims.ts';
import { clientsIn, introspectProperty, metadataOf, pkceProperty } from '../../../src/protocols/oidc/client.ts';
import { remove, replace } from '../../../src/store/port.ts';
import { sampleAttributes } from '../../core/attributes/sample-attributes.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { type ConnectionWishes, sampleConnection, startInstant } from '../../core/sample-records.ts';

const claims = claimMapOf(sampleAttributes().definitions);

const metadata = (oidc: ConnectionWishes['oidc'] = {}, wishes: ConnectionWishes = {}) =>
  metadataOf(sampleConnection({ ...wishes, oidc: { ...oidc } }), 'placeholder', claims);

describe('metadataOf', () => {
  it('says of a connection what was approved', () => {
    expect(metadata()).toEqual({
      client_id: 'kulasis',
      client_name: 'KULASIS',
      'client_name#ja': '教務情報システム',
      client_uri: 'https://kulasis.example/home',
      application_type: 'web',
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: 'placeholder',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://kulasis.example/callback'],
      post_logout_redirect_uris: ['https://kulasis.example/logged-out'],
      require_auth_time: true,
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
      require_pushed_authorization_requests: false,
      [pkceProperty]: 'required',
      [introspectProperty]: false,
      scope: 'openid profile email',
    });
  });

  it.each([
    ['client_secret_basic', true],
    ['client_secret_post', true],
    ['private_key_jwt', false],
    ['none', false],
  ] as const)('holds a secret in the place of one for %s: %s', (authentication, has) => {
    expect('client_secret' in metadata({ authentication })).toBe(has);
  });

  // oidc-provider derives keys from client_secret: a stored digest must never become one.
  it('hands no stored digest over', () => {
    const digest = digestOf('secret');
    expect(JSON.stringify(metadata({ secrets: [{ digest, createdAt: startInstant }] }))).not.toContain(digest);
  });

  it('allows refreshing only where it was approved', () => {
    expect(metadata({ mayRefresh: true })).toMatchObject({
      grant_types: ['authorization_code', 'refresh_token'],
      scope: expect.stringContaining('offline_access'),
    });
    expect(metadata().scope).not.toContain('offline_access');
  });

  it('brings keys by value', () => {
    const keys = [{ kty: 'OKP', crv: 'Ed25519', x: 'abc' }];
    expect(metadata({ authentication: 'private_key_jwt', keys })).toMatchObject({ jwks: { keys } });
    expect(metadata()).not.toHaveProperty('jwks');
  });

  it('brings the address of published keys', () => {
    const jwksUri = 'https://kulasis.example/keys';
    expect(metadata({ authentication: 'private_key_jwt', jwksUri })).toMatchObject({ jwks_uri: jwksUri });
    expect(metadata()).not.toHaveProperty('jwks_uri');
  });

  it('brings the host of a list of addresses, in the one way that oidc-provider takes', () => {
    const sectorIdentifierUri = 'http://sector.localhost:3002/list.json';
    expect(metadata({ sectorIdentifierUri })).toMatchObject({
      sector_identifier_uri: 'https://sector.localhost:3002/',
    });
    expect(metadata()).not.toHaveProperty('sector_identifier_uri');
  });

  it.each([
    [{ subject: 'pairwise' }, { subject_type: 'pairwise' }],
    [{ idTokenAlgorithm: 'EdDSA' }, { id_token_signed_response_alg: 'EdDSA' }],
    [{ requiresPushedRequest: true }, { require_pushed_authorization_requests: true }],
    [{ pkce: 'optional' }, { [pkceProperty]: 'optional' }],
    [{ mayIntrospect: true }, { [introspectProperty]: true }],
    [{ application: 'native' }, { application_type: 'native' }],
    [{ tls: { subjectDn: 'CN=a' } }, { tls_client_auth_subject_dn: 'CN=a' }],
    [{ tls: { sanDns: 'a' } }, { tls_client_auth_san_dns: 'a' }],
    [{ tls: { sanUri: 'a' } }, { tls_client_auth_san_uri: 'a' }],
    [{ tls: { sanIp: 'a' } }, { tls_client_auth_san_ip: 'a' }],
    [{ tls: { sanEmail: 'a' } }, { tls_client_auth_san_email: 'a' }],
    [{ certificateBoundTokens: true }, { tls_client_certificate_bound_access_tokens: true }],
  ] as const)('follows %j', (oidc, said) => {
    expect(metadata(oidc)).toMatchObject(said);
  });
});

describe('clientsIn', () => {
  const fresh = freshWorld();
  /** oidc-provider's client as far as we read it: its metadata, and its id under another name. */
  const make = (metadata: ClientMetadata) => ({ ...metadata, clientId: metadata.client_id }) as unknown as Client;
  const open = (...of: Parameters<typeof clientsIn>) => {
    const clients = clientsIn(...of);
    return { ...clients, find: clients.finder(make) };
  };

  it('finds a connection, and none from the moment it is suspended', async () => {
    const { world, put } = fresh();
    const connection = await put(connections, sampleConnection());
    const { find } = open(world, claims);
    expect(await find('kulasis')).toMatchObject({ client_id: 'kulasis' });
    await world.store.commit([replace(connections, { ...connection, state: 'suspended' })]);
    expect(await find('kulasis')).toBeUndefined();
  });

  it('finds none that does not exist, and none without a name', async () => {
    const { find } = open(fresh().world, claims);
    for (const id of ['kulasis', '', undefined]) expect(await find(id)).toBeUndefined();
  });

  it.each([5, true, null, [['kulasis']], { kulasis: 1 }])('finds none for what is no text: %j', async (id) => {
    const { world, put } = fresh();
    await put(connections, sampleConnection());
    expect(await open(world, claims).find(id)).toBeUndefined();
  });

  it.each([
    [{ authentication: 'tls_client_auth' }, ['self_signed_tls_client_auth'], false],
    [{ authentication: 'tls_client_auth' }, ['tls_client_auth'], true],
    [{ authentication: 'self_signed_tls_client_auth' }, [], false],
    // Its tokens would go out unbound.
    [{ certificateBoundTokens: true }, [], false],
    [{ certificateBoundTokens: true }, ['self_signed_tls_client_auth'], true],
    [{}, [], true],
  ] as const)('finds a connection that says %j where %j can be checked: %s', async (oidc, methods, isFound) => {
    const { world, put } = fresh();
    await put(connections, sampleConnection({ oidc }));
    expect((await open(world, claims, methods).find('kulasis')) !== undefined).toBe(isFound);
  });

  it('puts another random value in the place of secrets each time Sekisho starts', async () => {
    const { world, put } = fresh();
    await put(connections, sampleConnection());
    const [one, two] = [open(world, claims), open(world, claims)];
    const found = [await one.find('kulasis'), await one.finder(make)('kulasis'), await two.find('kulasis')];
    const secrets = found.map((client) => client?.client_secret);
    expect(secrets[0]).toMatch(/^[\w-]{43}$/);
    expect(new Set(secrets).size).toBe(2);
  });

  it('makes a client once, though each reading of its connection is another object', async () => {
    const { world, put } = fresh();
    await put(connections, sampleConnection());
    const get = async (...of: Parameters<typeof world.store.get>) => structuredClone(await world.store.get(...of));
    const store = { ...world.store, get: get as typeof world.store.get };
    const { find } = open({ ...world, store }, claims);
    expect(await find('kulasis')).toBe(await find('kulasis'));
  });

  it('makes another of a connection that was taken out and put in anew, at the same version', async () => {
    const { world, put } = fresh();
    const connection = await put(connections, sampleConnection());
    const { find, connectionOf } = open(world, claims);
    await find('kulasis');
    await world.store.commit([remove(connections, connection.id)]);
    const anew = await put(connections, sampleConnection({ consent: 'always' }));
    expect(anew.version).toBe(connection.version);
    expect(connectionOf(await find('kulasis'))).toEqual(anew);
  });

  it('makes those of each provider apart', async () => {
    const { world, put } = fresh();
    await put(connections, sampleConnection());
    const { find, finder } = open(world, claims);
    expect(await find('kulasis')).not.toBe(await finder(make)('kulasis'));
  });

  it('makes another client each hour of one that publishes its keys, and of no other', async () => {
    const { world, clock, put } = fresh();
    await put(connections, sampleConnection());
    const jwksUri = 'https://library.example/keys';
    await put(connections, sampleConnection({ id: 'library', oidc: { authentication: 'private_key_jwt', jwksUri } }));
    const { find } = open(world, claims);
    const both = async () => [await find('kulasis'), await find('library')];
    const [one, two] = [await both(), await both()];
    clock.advance(hours(1));
    const [kulasis, library] = await both();
    expect(two[1]).toBe(one[1]);
    expect(kulasis).toBe(one[0]);
    expect(library).not.toBe(one[1]);
  });

  it('answers the record of which a client was made', async () => {
    const { world, put } = fresh();
    const connection = await put(connections, sampleConnection());
    const { find, connectionOf } = open(world, claims);
    expect(connectionOf(await find('kulasis'))).toEqual(connection);
    expect(connectionOf(undefined)).toBeUndefined();
  });

  it('answers one reading to a request, though the record has changed and another request has read it since', async () => {
    const { world, put } = fresh();
    const connection = await put(connections, sampleConnection());
    const { find, connectionOf } = open(world, claims);
    const first = await find('kulasis');
    await world.store.commit([replace(connections, { ...connection, consent: 'always' })]);
    expect(connectionOf(first)).toEqual(connection);
    expect(connectionOf(await find('kulasis'))).toMatchObject({ consent: 'always' });
    expect(connectionOf(first)).toEqual(connection);
  });

  it('hands over keys that may be written on, and keeps its own', async () => {
    const { world, put } = fresh();
    const keys = [{ kty: 'OKP', crv: 'Ed25519', x: 'abc' }];
    await put(connections, sampleConnection({ oidc: { authentication: 'private_key_jwt', keys } }));
    const { find, connectionOf } = open(world, claims);
    const client = await find('kulasis');
    Object.assign(client?.jwks?.keys[0] ?? {}, { 'x5t#S256': 'written' });
    expect(connectionOf(client)?.oidc.keys).toEqual(keys);
  });
});
