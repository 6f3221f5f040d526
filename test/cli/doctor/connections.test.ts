import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import type { OidcSettings } from '../../../src/core/connections/oidc-settings.ts';
import { insert } from '../../../src/store/port.ts';
import { sampleConnection } from '../../core/sample-records.ts';
import { answer, type LocalServer, type Script, serve } from '../../outgoing/local-server.ts';
import { doctorStage, production, says } from './doctor-stage.ts';

const { begin, consult, findingsOn } = doctorStage();
const reach = ['--reach'];
const key = { ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), kid: 'one' };
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
const json = (body: unknown) => answer('HTTP/1.1 200 OK\nContent-Type: application/json', JSON.stringify(body));

let script: Script;
let host: LocalServer;
beforeEach(async () => {
  host = await serve((socket) => script(socket));
});
afterEach(() => host.close());

const url = () => `http://localhost:${host.port}/x`;
const connect = (oidc: Partial<OidcSettings>, state: 'active' | 'suspended' = 'active') =>
  begin(({ world }) => world.store.commit([insert(connections, sampleConnection({ id: 'library', state, oidc }))]));
const withKeys = () => connect({ authentication: 'private_key_jwt', jwksUri: url() });

describe('doctor --reach, of services', () => {
  it('is content with services that answer', async () => {
    const sectorIdentifierUri = url();
    script = json({ keys: [key] });
    await withKeys();
    expect(await findingsOn('connections', {}, reach)).toEqual([]);
    script = json(['https://kulasis.example/callback']);
    await begin(({ world }) =>
      world.store.commit([insert(connections, sampleConnection({ oidc: { sectorIdentifierUri } }))]),
    );
    const { findings } = await consult(reach);
    expect(findings.filter(({ check, severity }) => check === 'connections' && severity === 'ok')).toHaveLength(1);
  });

  it.each<readonly [string, Script, RegExp]>([
    ['are not there', answer('HTTP/1.1 404 Not Found'), /keys of library at .* answers with status 404/],
    ['are none', json({ keys: [] }), /are of no use: it holds no key/],
    ['are too weak', json({ keys: [weak] }), /are of no use: keys\[0\] is an RSA key of 1024 bits/],
    ['lie elsewhere', answer('HTTP/1.1 302 Found\nLocation: /'), /it sends elsewhere/],
    ['are broken off', (socket) => socket.destroy(), /it breaks the connection off/],
  ])('finds keys that %s', async (_, failure, what) => {
    script = failure;
    await withKeys();
    expect(await findingsOn('connections', {}, reach)).toEqual(
      says('problem', what, /Tell its desk: KULASIS front desk/),
    );
  });

  it('finds one bad key among good ones', async () => {
    script = json({ keys: [weak, key] });
    await withKeys();
    expect(await findingsOn('connections', {}, reach)).toEqual(
      says('warning', /keys\[0\] is an RSA key/, /not believed/),
    );
  });

  it('has patience with a service that is slow, and says that logins have not', async () => {
    let asked = 0;
    script = (socket) => {
      asked += 1;
      if (asked > 1) json({ keys: [key] })(socket);
    };
    await withKeys();
    expect(await findingsOn('connections', {}, reach)).toEqual(says('warning', /too late for whoever waits/, /5 s/));
  }, 20_000);

  it('finds a list that does not name an address any more', async () => {
    script = json([]);
    await connect({ subject: 'pairwise', sectorIdentifierUri: url() });
    expect(await findingsOn('connections', {}, reach)).toEqual(
      says(
        'warning',
        /list of addresses of library .* does not list https:\/\/kulasis.example\/callback/,
        /Logins go on/,
      ),
    );
  });

  it.each([
    ['is refused for its missing token', 'HTTP/1.1 400 Bad Request', []],
    ['is taken', 'HTTP/1.1 200 OK', []],
    ['is not expected', 'HTTP/1.1 404 Not Found', says('warning', /logout address of library, .* status 404/)],
    ['is taken for a forgery', 'HTTP/1.1 403 Forbidden', says('warning', /status 403/)],
    ['reaches a proxy alone', 'HTTP/1.1 502 Bad Gateway', says('warning', /status 502/, /outbox list --kind logout/)],
    ['is sent elsewhere', 'HTTP/1.1 302 Found\nLocation: /', says('warning', /sends elsewhere/)],
  ])('sends an empty logout message; when it %s (%s)', async (_, head, found) => {
    script = answer(head);
    await connect({ backchannelLogoutUri: url() });
    expect(await findingsOn('connections', {}, reach)).toEqual(found);
    expect(host.received.join()).toMatch(/^POST \/x /);
    expect(host.received.join()).not.toContain('logout_token');
  });

  it('asks nothing of suspended services, and nothing at all without --reach', async () => {
    script = json({ keys: [] });
    await connect({ authentication: 'private_key_jwt', jwksUri: url() }, 'suspended');
    expect(await findingsOn('connections', {}, reach)).toMatchObject([{ severity: 'note' }]);
    await begin(({ world }) =>
      world.store.commit([insert(connections, sampleConnection({ oidc: { jwksUri: url() } }))]),
    );
    expect(await findingsOn('connections')).toEqual([]);
    expect(host.received).toEqual([]);
  });

  it('goes nowhere that the server itself would not go', async () => {
    await withKeys();
    expect(await findingsOn('connections', production(), reach)).toEqual(
      says('problem', /lies in a network that Sekisho may not reach \(outgoing.allow\)/),
    );
    expect(host.received).toEqual([]);
  });
});
