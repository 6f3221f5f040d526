import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openOutgoing } from '../../src/outgoing/open-outgoing.ts';
import { openLocal } from './client.ts';
import { ipv4, ipv4Special } from './ipv4-table.ts';
import { answer, type LocalServer, serve } from './local-server.ts';

/** Nothing here may get as far as a name server. */
const outgoing = openOutgoing({
  allow: [],
  limits: { connectTime: 10_000, totalTime: 10_000, bodyBytes: 1 },
  resolve: (name) => Promise.reject(new Error(`asked for ${name}`)),
});

const hex = (...bytes: number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
const pairs = ([a, b, c, d]: Octets) => `${hex(a, b)}:${hex(c, d)}`;
const whole = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d;
type Octets = readonly [number, number, number, number];

/** Every way we know to write an IPv4 address where a host stands. */
const spellings: readonly (readonly [string, (octets: Octets) => string])[] = [
  ['dotted', (o) => o.join('.')],
  ['dotted with a final dot', (o) => `${o.join('.')}.`],
  ['one decimal number', (o) => String(whole(o))],
  ['one hexadecimal number', (o) => `0x${hex(...o)}`],
  ['one octal number', (o) => `0${whole(o).toString(8)}`],
  ['octal parts', (o) => o.map((part) => `0${part.toString(8)}`).join('.')],
  ['hexadecimal parts', (o) => o.map((part) => `0x${part.toString(16)}`).join('.')],
  ['parts of each kind', ([a, b, c, d]) => `0x${hex(a)}.${b}.0${c.toString(8)}.${d}`],
  ['two parts', ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`],
  ['three parts', ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`],
  [
    'full-width digits and stops',
    (o) => o.join('。').replace(/\d/g, (digit) => '０１２３４５６７８９'.charAt(Number(digit))),
  ],
  ['percent-encoded', (o) => o.join('.').replace(/\d/g, (digit) => `%3${digit}`)],
  ['IPv4-mapped', (o) => `[::ffff:${o.join('.')}]`],
  ['IPv4-mapped in hexadecimal', (o) => `[::FFFF:${pairs(o)}]`],
  ['IPv4-mapped in full', (o) => `[0:0:0:0:0:ffff:${pairs(o)}]`],
  ['IPv4-compatible', (o) => `[::${o.join('.')}]`],
  ['IPv4-translated', (o) => `[::ffff:0:${o.join('.')}]`],
  ['NAT64', (o) => `[64:ff9b::${o.join('.')}]`],
  ['local NAT64', (o) => `[64:ff9b:1::${o.join('.')}]`],
  ['6to4', (o) => `[2002:${pairs(o)}::1]`],
  ['a Teredo server', (o) => `[2001:0:${pairs(o)}::1]`],
  ['a Teredo client', ([a, b, c, d]) => `[2001:0:4136:e378:8000:63bf:${pairs([255 - a, 255 - b, 255 - c, 255 - d])}]`],
];

describe('a special address', () => {
  it.each(spellings)('is refused as %s', async (_name, spell) => {
    const special = ipv4().filter(ipv4Special);
    await fc.assert(
      fc.asyncProperty(special, fc.constantFrom('http', 'https'), async (address, scheme) => {
        const url = `${scheme}://${spell(address.split('.').map(Number) as unknown as Octets)}/`;
        expect(await outgoing.request(url)).toEqual({ kind: 'failed', reason: 'address_refused' });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[fe80::1]/',
    'https://localhost/',
    'https://localhost./',
    'https://LOCALHOST/',
    'https://ⓛocalhost/',
    'https://kulasis.localhost/',
    'https://kulasis.localhost./',
    'https:\\\\127.0.0.1\\',
    'https://\t127.0.0.1\n/',
    'https://127.0.0.1\\@kulasis.example/',
  ])('is refused as %j', async (url) => {
    expect(await outgoing.request(url)).toEqual({ kind: 'failed', reason: 'address_refused' });
  });
});

describe('a URL', () => {
  it.each([
    ['no URL', 'kulasis.example/jwks', 'url_invalid'],
    ['a host that is no name and no address', 'https://256.1.1.1/', 'url_invalid'],
    ['a zone', 'https://[fe80::1%25eth0]/', 'url_invalid'],
    ['a bare zone', 'https://[::1%lo]/', 'url_invalid'],
    ['a NUL in the host', 'https://127.0.0.1%00.example/', 'url_invalid'],
    ['a file', 'file:///etc/passwd', 'scheme_refused'],
    ['data', 'data:application/json,{}', 'scheme_refused'],
    ['gopher', 'gopher://kulasis.example/', 'scheme_refused'],
    ['http to a public address', 'http://8.8.8.8/', 'scheme_refused'],
    ['http to a public address, mapped', 'http://[::ffff:8.8.8.8]/', 'scheme_refused'],
    ['a user', 'https://kulasis.example@8.8.8.8/', 'userinfo_refused'],
    ['only a password', 'https://:secret@8.8.8.8/', 'userinfo_refused'],
    ['a name that nobody knows', 'https://kulasis.example/', 'name_not_found'],
    ['the port of mail', 'https://8.8.8.8:25/', 'port_refused'],
    ['port 0', 'https://8.8.8.8:0/', 'port_refused'],
  ])('with %s is refused', async (_what, url, reason) => {
    expect(await outgoing.request(url)).toEqual({ kind: 'failed', reason });
  });
});

describe('a server on this machine', () => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await serve(answer('HTTP/1.1 200 OK', 'inside'));
  });
  afterAll(() => server.close());

  const loopback = [127, 0, 0, 1] as const;
  const names = ['localhost', 'localhost.', 'LOCALHOST.', 'kulasis.localhost', 'kulasis.localhost.'];
  const hosts = [...spellings.map(([, spell]) => spell(loopback)), ...names, '0', '127.1', '0177.1', '0x7f.1'];

  it.each(hosts)('is not reached as %s', async (host) => {
    const before = server.received.length;
    for (const scheme of ['http', 'https']) {
      const outcome = await outgoing.request(`${scheme}://${host}:${server.port}/`);
      expect(outcome).toEqual({ kind: 'failed', reason: 'address_refused' });
    }
    expect(server.received).toHaveLength(before);
  });

  /** Those above are refused for where they lead, not because they would lead nowhere. */
  it.each(['2130706433', '017700000001', '0177.0.0.1', '0x7f.1', '127.1', '[::ffff:127.0.0.1]', ...names])(
    'is reached as %s where that is allowed',
    async (host) => {
      const outcome = await openLocal().request(`http://${host}:${server.port}/`);
      expect(outcome.kind === 'answered' && outcome.answer.text()).toBe('inside');
    },
  );
});
