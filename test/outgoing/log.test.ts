import { describe, expect, it } from '@jest/globals';
import { openLog } from '../../src/base/log.ts';
import { openLocal } from './client.ts';
import { answer, serve } from './local-server.ts';

describe('the log of outgoing requests', () => {
  it('names host and reason, and neither path nor query nor password', async () => {
    const lines: string[] = [];
    const server = await serve(answer('HTTP/1.1 302 Found\nLocation: /'));
    const outgoing = openLocal({
      log: openLog('debug', { write: (line) => void lines.push(line) }),
      resolve: async () => ['10.0.0.1'],
    });
    await outgoing.request(`http://127.0.0.1:${server.port}/hooks/Kamo7gawa?key=Tobi`);
    await outgoing.request('https://me:Kamo7gawa@intra.example/');
    await outgoing.request('https://intra.example/Kamo7gawa');
    await server.close();
    expect(lines.join('')).not.toMatch(/Kamo7gawa|Tobi/);
    expect(lines.map((line) => JSON.parse(line).outgoing)).toEqual([
      { method: 'GET', host: `127.0.0.1:${server.port}`, reason: 'redirect', detail: '302' },
      { method: 'GET', host: 'intra.example', reason: 'userinfo_refused' },
      { method: 'GET', host: 'intra.example', reason: 'address_refused', detail: '10.0.0.1' },
    ]);
  });
});
