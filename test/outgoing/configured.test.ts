import { describe, expect, it } from '@jest/globals';
import { outgoingOptions } from '../../src/outgoing/configured.ts';
import { openOutgoing } from '../../src/outgoing/open-outgoing.ts';
import { configOf, loadBeside } from '../config/load-text.ts';
import { answer, serve } from './local-server.ts';

const optionsOf = (text: string) => outgoingOptions(configOf(loadBeside(text)));

describe('the outgoing client of a configuration', () => {
  it('keeps its limits', () => {
    const { limits } = optionsOf('outgoing: { connectTime: 2s, totalTime: 7s, bodyKiB: 3 }');
    expect(limits).toEqual({ connectTime: 2_000, totalTime: 7_000, bodyBytes: 3_072 });
  });

  it.each([
    ['in development', 'mode: development', 'answered'],
    ['in production', 'mode: production', 'failed'],
    ['in development that others can reach', 'mode: development\nserver: { issuer: "https://a.jp" }', 'failed'],
    ['in production where it is allowed', 'mode: production\noutgoing: { allow: [127.0.0.1] }', 'answered'],
  ])('reaches services on this machine or not: %s', async (_, text, kind) => {
    const server = await serve(answer('HTTP/1.1 200 OK'));
    expect(await openOutgoing(optionsOf(text)).request(`http://127.0.0.1:${server.port}/`)).toMatchObject({ kind });
    expect(server.received).toHaveLength(kind === 'answered' ? 1 : 0);
    await server.close();
  });

  it('reaches private networks in development only where they are allowed', async () => {
    const outcome = await openOutgoing(optionsOf('mode: development')).request('https://10.0.0.1/');
    expect(outcome).toEqual({ kind: 'failed', reason: 'address_refused' });
  });
});
