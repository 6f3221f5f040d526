import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeOf, loopbackNetworks } from '../../src/outgoing/address-judge.ts';
import { ipv4, ipv4Special } from './ipv4-table.ts';

const judge = judgeOf([]);

describe('an address', () => {
  it('of IPv4 is judged as a naive table says', () => {
    fc.assert(
      fc.property(ipv4(), (address) => {
        expect(judge(address)).toBe(ipv4Special(address) ? 'refused' : 'public');
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['the first before a network', '9.255.255.255', 'public'],
    ['the first of a network', '10.0.0.0', 'refused'],
    ['the last of a network', '10.255.255.255', 'refused'],
    ['the first after a network', '11.0.0.0', 'public'],
    ['before 172.16.0.0/12', '172.15.255.255', 'public'],
    ['the last of 172.16.0.0/12', '172.31.255.255', 'refused'],
    ['before 100.64.0.0/10', '100.63.255.255', 'public'],
    ['the last of 100.64.0.0/10', '100.127.255.255', 'refused'],
    ['the metadata of a cloud', '169.254.169.254', 'refused'],
    ['the broadcast address', '255.255.255.255', 'refused'],
    ['multicast', '224.0.0.1', 'refused'],
    ['a public address of IPv6', '2606:4700:4700::1111', 'public'],
    ['loopback of IPv6', '::1', 'refused'],
    ['the unspecified address', '::', 'refused'],
    ['link-local', 'fe80::1', 'refused'],
    ['link-local with its zone', 'fe80::1%eth0', 'refused'],
    ['a public address with a zone', '2606:4700:4700::1111%eth0', 'refused'],
    ['unique local', 'fd00::1', 'refused'],
    ['multicast of IPv6', 'ff02::1', 'refused'],
    ['discard-only', '100::1', 'refused'],
    ['local NAT64', '64:ff9b:1::a00:1', 'refused'],
    ['documentation', '2001:db8::1', 'refused'],
    ['new documentation', '3fff:fff::1', 'refused'],
    ['after new documentation', '3fff:1000::1', 'public'],
    ['benchmarking', '2001:2::1', 'refused'],
    ['after the protocol assignments', '2001:200::1', 'public'],
    ['segment routing', '5f00::1', 'refused'],
    ['AS112', '2620:4f:8000::1', 'refused'],
    ['public IPv4, mapped', '::ffff:8.8.8.8', 'public'],
    ['public IPv4 behind NAT64', '64:ff9b::808:808', 'public'],
    ['no address', 'localhost', 'refused'],
    ['half an address', '127.1', 'refused'],
    ['nothing', '', 'refused'],
  ])('that is %s (%s) is %s', (_what, address, judgement) => {
    expect(judge(address)).toBe(judgement);
  });
});

describe('an allowed network', () => {
  const campus = judgeOf(['10.1.0.0/16', 'fd12:3456::/32']);

  it.each([
    ['an address in it', '10.1.2.3', 'allowed'],
    ['its neighbour', '10.2.0.1', 'refused'],
    ['an address in it, mapped', '::ffff:a01:203', 'allowed'],
    ['its neighbour, mapped', '::ffff:a02:1', 'refused'],
    ['an address in it behind NAT64', '64:ff9b::10.1.2.3', 'allowed'],
    ['an address in it in a 6to4 tunnel', '2002:a01:203::1', 'refused'],
    ['an address of IPv6 in it', 'fd12:3456::1', 'allowed'],
    ['its neighbour of IPv6', 'fd12:3457::1', 'refused'],
    ['a public address', '8.8.8.8', 'public'],
  ])('changes the judgement of what it holds: %s (%s) is %s', (_what, address, judgement) => {
    expect(campus(address)).toBe(judgement);
  });

  it('does not open a special network through the prefix that wraps it', () => {
    expect(judgeOf(['64:ff9b::/96'])('64:ff9b::127.0.0.1')).toBe('refused');
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1'])('of loopback holds %s', (address) => {
    expect(judgeOf(loopbackNetworks)(address)).toBe('allowed');
  });
});
