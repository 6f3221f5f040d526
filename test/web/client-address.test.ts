import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { clientAddressOf, isAddressHidden } from '../../src/web/client-address.ts';

/** As much of a request as an address is read from. */
const request = (remoteAddress: string | undefined, forwarded?: string | string[]) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

const addressOf = clientAddressOf(['10.0.0.0/8', 'fd00::/8']);
const proxy = '10.0.0.1';

describe('clientAddressOf', () => {
  it.each([
    ['the connection, without a proxy', request('192.0.2.1'), '192.0.2.1'],
    ['the connection, whatever a stranger writes', request('192.0.2.1', '203.0.113.9'), '192.0.2.1'],
    ['the connection, where the proxy says nothing', request(proxy), proxy],
    ['what the proxy says', request(proxy, '192.0.2.1'), '192.0.2.1'],
    ['what an IPv6 proxy says', request('fd00::1', '2001:db8::1'), '2001:db8::1'],
    ['what a proxy says that is written as IPv6', request('::ffff:10.0.0.1', '192.0.2.1'), '192.0.2.1'],
    ['IPv4, where it is written as IPv6', request('::FFFF:192.0.2.1'), '192.0.2.1'],
    ['the last hop, not what the client wrote before it', request(proxy, '203.0.113.9, 192.0.2.1'), '192.0.2.1'],
    ['the last hop before our own proxies', request(proxy, '203.0.113.9, 192.0.2.1, 10.2.2.2, 10.3.3.3'), '192.0.2.1'],
    ['the last of several headers', request(proxy, ['203.0.113.9', '192.0.2.1']), '192.0.2.1'],
    ['the connection, where all hops are our own', request(proxy, '10.2.2.2'), proxy],
    ['the connection, where the hop is no address', request(proxy, 'unknown'), proxy],
    // The proxy vouches for the last hop only; what stands before it would be the client's own choice.
    ['the connection, where the last hop is no address', request(proxy, '203.0.113.9, unknown'), proxy],
    [
      'the connection, where an obscured hop stands before our own',
      request(proxy, '203.0.113.9, _hidden, 10.2.2.2'),
      proxy,
    ],
    ['nothing of a connection that is gone', request(undefined, '203.0.113.9'), ''],
  ])('is %s', (_what, req, address) => {
    expect(addressOf(req)).toBe(address);
  });

  it('believes nobody where no network is trusted', () => {
    expect(clientAddressOf([])(request('127.0.0.1', '203.0.113.9'))).toBe('127.0.0.1');
  });

  it('trusts exactly the network that was named', () => {
    const narrow = clientAddressOf(['192.0.2.128/25']);
    expect(narrow(request('192.0.2.128', '203.0.113.9'))).toBe('203.0.113.9');
    expect(narrow(request('192.0.2.127', '203.0.113.9'))).toBe('192.0.2.127');
  });
});

describe('isAddressHidden', () => {
  const isHidden = isAddressHidden(['10.0.0.0/8', 'fd00::/8']);

  it.each([
    ['a proxy says nothing', request(proxy)],
    ['a proxy does not know', request(proxy, 'unknown')],
    ['a proxy writes more than an address', request(proxy, '192.0.2.1:50123')],
    ['a client has written an address before that', request(proxy, '10.2.2.2, unknown')],
  ])('holds where %s', (_what, req) => {
    expect(isHidden(req)).toBe(true);
  });

  it.each([
    ['a proxy says who came', request(proxy, '192.0.2.1')],
    ['all hops are our own', request(proxy, '10.2.2.2')],
    ['a stranger writes what they like', request('192.0.2.1', 'unknown')],
  ])('does not where %s', (_what, req) => {
    expect(isHidden(req)).toBe(false);
  });
});
