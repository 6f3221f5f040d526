import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { takeList } from '../../../src/core/certificates/take-list.ts';
import { describeWith } from '../../support/needs.ts';
import { type Authority, openAuthority, openssl } from '../../support/openssl-authority.ts';
import { read } from './judged.ts';

describeWith(openssl, 'takeList', () => {
  let authority: Authority;
  const signers = () => [read(authority.certificate)];
  const take = (file: Buffer, now = Date.now()) => takeList(file, signers(), now);
  const derOf = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');

  beforeAll(() => {
    authority = openAuthority();
  });
  afterAll(() => authority.close());

  it('reads what an authority has revoked, in PEM as in DER', async () => {
    const gone = authority.issue();
    authority.revoke(gone.certificate);
    const file = readFileSync(authority.list());
    const { serial } = read(gone.certificate);
    const wanted = { ok: true, list: { revoked: [serial], scope: 'all', issuer: read(authority.certificate).subject } };
    expect(await take(file)).toMatchObject(wanted);
    expect(await take(derOf(file.toString()))).toMatchObject(wanted);
  });

  it('refuses the list of an authority that is not configured', async () => {
    const foreign = openAuthority('/CN=Foreign CA');
    expect(await take(readFileSync(foreign.list()))).toEqual({ ok: false, fault: 'unknown_authority' });
    foreign.close();
  });

  it('refuses one that somebody else has signed in the name of an authority', async () => {
    const foreign = openAuthority();
    expect(await take(readFileSync(foreign.list()))).toEqual({ ok: false, fault: 'bad_signature' });
    foreign.close();
  });

  it('refuses one that was altered', async () => {
    const der = derOf(readFileSync(authority.list()).toString());
    der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
    expect(await take(der)).toEqual({ ok: false, fault: 'bad_signature' });
  });

  it('refuses one of an authority whose key may not sign lists', async () => {
    const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
    const silent = authority.below('/CN=Silent', { extensions });
    const verdict = await takeList(readFileSync(silent.list()), [read(silent.certificate)], Date.now());
    expect(verdict).toEqual({ ok: false, fault: 'unknown_authority' });
  });

  it('refuses one from the future', async () => {
    expect(await take(readFileSync(authority.list()), Date.now() - days(1))).toEqual({
      ok: false,
      fault: 'from_the_future',
    });
  });

  it.each(['', 'nothing', '-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n'])(
    'refuses what is no list: %j',
    async (text) => {
      expect(await take(Buffer.from(text))).toEqual({ ok: false, fault: 'not_a_list' });
    },
  );

  it.each<[string, string, object]>([
    ['of people and services only', 'onlyuser:TRUE', { ok: true, list: { scope: 'leaves' } }],
    ['of authorities only', 'onlyCA:TRUE', { ok: true, list: { scope: 'authorities' } }],
    ['of one place of several', 'fullname:URI:http://a.example/a.crl', { ok: true, list: { scope: 'all' } }],
    ['that speaks for other authorities', 'indirectCRL:TRUE', { ok: false, fault: 'unreadable_kind' }],
    ['of attributes', 'onlyAA:TRUE', { ok: false, fault: 'unreadable_kind' }],
    ['of some reasons only', 'onlysomereasons:keyCompromise', { ok: false, fault: 'unreadable_kind' }],
  ])('knows of what it speaks: a list %s', async (_, point, wanted) => {
    const extensions = ['issuingDistributionPoint=critical,@point'];
    const file = authority.list(undefined, { extensions, point: point.replace(':', '=') });
    expect(await take(readFileSync(file))).toMatchObject(wanted);
  });

  it('refuses a list that only says what has changed', async () => {
    const file = authority.list(undefined, { extensions: ['2.5.29.27=critical,DER:020101'] });
    expect(await take(readFileSync(file))).toEqual({ ok: false, fault: 'unreadable_kind' });
  });
});
