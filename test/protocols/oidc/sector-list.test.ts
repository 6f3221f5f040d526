import { afterEach, describe, expect, it } from '@jest/globals';
import { sectorProblem } from '../../../src/protocols/oidc/sector-list.ts';
import { openLocal } from '../../outgoing/client.ts';
import { answer, type LocalServer, type Script, serve } from '../../outgoing/local-server.ts';

const servers: LocalServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const redirectUris = ['https://a.example/callback', 'https://b.example/callback'];

async function problemWith(script: Script) {
  const server = await serve(script);
  servers.push(server);
  return sectorProblem(openLocal(), { redirectUris, sectorIdentifierUri: `http://127.0.0.1:${server.port}/list` });
}

const listing = (list: unknown) => answer('HTTP/1.1 200 OK', JSON.stringify(list));

describe('a list of addresses', () => {
  it('is right when it names every redirect address, and perhaps others', async () => {
    expect(await problemWith(listing([...redirectUris, 'https://c.example/']))).toBeUndefined();
  });

  it('is not asked for where there is none', async () => {
    expect(await sectorProblem(openLocal(), { redirectUris })).toBeUndefined();
  });

  it.each<readonly [string, Script, object]>([
    ['leaves one out', listing(redirectUris.slice(1)), { kind: 'not_listed', uris: redirectUris.slice(0, 1) }],
    ['names another spelling', listing([redirectUris[0], `${redirectUris[1]}/`]), { kind: 'not_listed' }],
    ['is one text that holds them', listing(redirectUris.join()), { kind: 'no_list' }],
    ['is no list', listing({ redirect_uris: redirectUris }), { kind: 'no_list' }],
    ['is no JSON', answer('HTTP/1.1 200 OK', '<html>'), { kind: 'no_list' }],
    ['is not there', answer('HTTP/1.1 404 Not Found', JSON.stringify(redirectUris)), { kind: 'status', status: 404 }],
    ['lies elsewhere', answer('HTTP/1.1 302 Found\nLocation: /'), { kind: 'unreached', reason: 'redirect' }],
    ['is not told', (socket) => socket.destroy(), { kind: 'unreached', reason: 'connection_lost' }],
  ])('is refused when it %s', async (_, script, problem) => {
    expect(await problemWith(script)).toMatchObject(problem);
  });

  it('is refused in a network that may not be reached', async () => {
    const sectorIdentifierUri = 'https://169.254.169.254/list';
    expect(await sectorProblem(openLocal({ allow: [] }), { redirectUris, sectorIdentifierUri })).toEqual({
      kind: 'unreached',
      reason: 'address_refused',
    });
  });
});
