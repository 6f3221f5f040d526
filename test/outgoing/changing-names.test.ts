import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loopbackNetworks } from '../../src/outgoing/address-judge.ts';
import { describeWith } from '../support/needs.ts';
import { openLocal } from './client.ts';
import { answer, type LocalServer, serve } from './local-server.ts';

const servers: LocalServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** One server at each address, all on one port, as a name that answers differently would find them. */
async function start(...hosts: readonly [string, ...string[]]) {
  const [first, ...others] = hosts;
  const at = async (host: string, port = 0) => {
    const server = await serve(answer('HTTP/1.1 200 OK', host), { host, port });
    servers.push(server);
    return server;
  };
  const found = [await at(first)];
  for (const host of others) found.push(await at(host, found[0]?.port ?? 0));
  return found;
}

/** 127.0.0.1 stands for a public address, 127.0.0.2 for the inside. */
const allow = ['127.0.0.1/32'];

/** Answers one list after the other. */
function changing(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return { asked, resolve };
}

describe('a name that changes its answer', () => {
  it('is asked once a request, and the connection goes to the address that was judged', async () => {
    const [outside, inside] = await start('127.0.0.1', '127.0.0.2');
    const names = changing(['127.0.0.1'], ['127.0.0.2']);
    const outcome = await openLocal({ allow, resolve: names.resolve }).request(`http://two.example:${outside?.port}/`);
    expect(outcome.kind === 'answered' && outcome.answer.text()).toBe('127.0.0.1');
    expect(outside?.received.join()).toContain('host: two.example');
    expect(inside?.received).toEqual([]);
    expect(names.asked).toEqual(['two.example']);
  });

  it('is judged anew by the next request', async () => {
    const [outside, inside] = await start('127.0.0.1', '127.0.0.2');
    const outgoing = openLocal({ allow, resolve: changing(['127.0.0.1'], ['127.0.0.2']).resolve });
    const url = `http://two.example:${outside?.port}/`;
    expect(await outgoing.request(url)).toMatchObject({ kind: 'answered' });
    expect(await outgoing.request(url)).toEqual({ kind: 'failed', reason: 'address_refused' });
    expect(inside?.received).toEqual([]);
  });

  it('leads only to those of its addresses that pass, also when they do not answer', async () => {
    const [inside] = await start('127.0.0.2');
    const { resolve } = changing(['127.0.0.2', '127.0.0.1', '::ffff:127.0.0.2']);
    const outcome = await openLocal({ allow, resolve }).request(`http://two.example:${inside?.port}/`);
    expect(outcome).toEqual({ kind: 'failed', reason: 'unreachable' });
    expect(inside?.received).toEqual([]);
  });

  it.each([
    ['no address', [], 'name_not_found'],
    ['what only looks like an address', ['127.1', '0x7f000001', 'localhost', ''], 'address_refused'],
    ['an address with a zone', ['fe80::1%lo'], 'address_refused'],
    ['loopback behind NAT64', ['64:ff9b::7f00:2'], 'address_refused'],
  ])('leads nowhere when it answers %s', async (_what, addresses, reason) => {
    const { resolve } = changing(addresses);
    const outcome = await openLocal({ allow, resolve }).request('https://two.example/');
    expect(outcome).toEqual({ kind: 'failed', reason });
  });
});

const ipv6Loopback = {
  name: 'IPv6 loopback',
  path: '::1',
  isMet: Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1')),
};

describeWith(ipv6Loopback, 'loopback of IPv6', () => {
  it('is reached where it is allowed, by address and by name', async () => {
    const [server] = await start('::1');
    for (const host of ['[::1]', 'kulasis.localhost']) {
      const outcome = await openLocal().request(`http://${host}:${server?.port}/`);
      expect(outcome.kind === 'answered' && outcome.answer.text()).toBe('::1');
    }
  });

  it('is not reached where only the other loopback is allowed', async () => {
    const [server] = await start('::1');
    const outgoing = openLocal({ allow: loopbackNetworks.slice(0, 1) });
    expect(await outgoing.request(`http://[::1]:${server?.port}/`)).toMatchObject({ reason: 'address_refused' });
    expect(await outgoing.request(`http://localhost:${server?.port}/`)).toMatchObject({ reason: 'unreachable' });
    expect(server?.received).toEqual([]);
  });
});
