/** Each refusal by one certificate that differs in one thing (RFC 5280, 6.1). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { describeWith } from '../../support/needs.ts';
import {
  type Authority,
  type CertificateWishes,
  type KeyedCertificate,
  openAuthority,
  openssl,
  selfSigned,
} from '../../support/openssl-authority.ts';
import { judged, listIn, read } from './judged.ts';

describeWith(openssl, 'judgeCertificate', () => {
  let root: Authority;
  let middle: Authority;
  let good: KeyedCertificate;
  const authorities = () => [read(root.certificate)];
  const intermediates = () => [read(middle.certificate)];

  beforeAll(() => {
    root = openAuthority();
    middle = root.below('/C=JP/O=Example University/CN=Example Client CA');
    good = middle.issue({ subject: '/C=JP/O=Example University/CN=hanako' });
  });
  afterAll(() => root.close());

  describe('the way up', () => {
    it('accepts one that an authority has signed itself', () => {
      expect(judged(root.issue(), { authorities: authorities() })).toBe('ok');
    });

    it('accepts one over an authority in between that is configured', () => {
      expect(judged(good, { authorities: authorities(), intermediates: intermediates() })).toBe('ok');
    });

    it('accepts one over an authority in between that was sent along', () => {
      expect(judged(good, { authorities: authorities() }, { others: intermediates() })).toBe('ok');
    });

    it('refuses one whose way up is not known', () => {
      expect(judged(good, { authorities: authorities() })).toBe('unknown_authority');
    });

    it('refuses one of another authority of the same name', () => {
      const foreign = openAuthority();
      expect(judged(foreign.issue(), { authorities: authorities() })).toBe('unknown_authority');
      // Without a word on whose key it was that has signed it.
      const silent = foreign.issue({ extensions: ['extendedKeyUsage=clientAuth', 'authorityKeyIdentifier=none'] });
      expect(judged(silent, { authorities: authorities() })).toBe('unknown_authority');
      foreign.close();
    });

    it('believes no authority that is only sent along', () => {
      const foreign = openAuthority('/CN=Foreign CA');
      const others = [read(foreign.certificate)];
      expect(judged(foreign.issue(), { authorities: authorities() }, { others })).toBe('unknown_authority');
      foreign.close();
    });

    it('refuses one that signed itself', () => {
      expect(judged(selfSigned(), { authorities: authorities() })).toBe('unknown_authority');
    });

    it.each<[string, CertificateWishes]>([
      ['an ordinary certificate', { isAuthority: false }],
      ['one that says nothing of being an authority', { extensions: ['keyUsage=keyCertSign'] }],
      ['one that may not sign certificates', { extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=cRLSign'] }],
      [
        'an authority for servers only',
        {
          extensions: ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign', 'extendedKeyUsage=serverAuth'],
        },
      ],
      ['an authority that has ended', { from: '20200101000000Z', until: '20210101000000Z' }],
      [
        'one with name constraints, which are not looked at',
        { extensions: ['basicConstraints=critical,CA:TRUE', 'nameConstraints=critical,permitted;email:example.ac.jp'] },
      ],
    ])('refuses what was signed by %s', (_, wishes) => {
      const between = root.below('/CN=Between', wishes);
      const others = [read(between.certificate)];
      expect(judged(between.issue(), { authorities: authorities() }, { others })).toBe('unknown_authority');
    });

    it('refuses more authorities in between than the one above allows', () => {
      const extensions = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign'];
      const upper = root.below('/CN=Upper', { extensions });
      const lower = upper.below('/CN=Lower');
      const others = [read(upper.certificate), read(lower.certificate)];
      expect(judged(upper.issue(), { authorities: authorities() }, { others })).toBe('ok');
      expect(judged(lower.issue(), { authorities: authorities() }, { others })).toBe('unknown_authority');
    });

    it('does not ask how an authority was signed that the operator has chosen', () => {
      const old = root.below('/CN=Old', { digest: 'sha1' });
      expect(judged(old.issue(), { authorities: [read(old.certificate)] })).toBe('ok');
      expect(judged(old.issue(), { authorities: authorities() }, { others: [read(old.certificate)] })).toBe(
        'unknown_authority',
      );
    });

    it('refuses everything under an authority that has ended itself', () => {
      const now = Date.now() + days(3700);
      const leaf = root.issue({ until: '20491231000000Z' });
      expect(judged(leaf, { authorities: authorities() }, { now })).toBe('unknown_authority');
    });
  });

  describe('the certificate itself', () => {
    it.each<[string, CertificateWishes, string]>([
      ['that has ended', { from: '20200101000000Z', until: '20210101000000Z' }, 'expired'],
      ['that has not begun', { from: '20490101000000Z', until: '20491231000000Z' }, 'not_yet_valid'],
      ['for servers', { purpose: 'serverAuth' }, 'unfit'],
      ['whose key may not sign', { extensions: ['keyUsage=critical,keyEncipherment'] }, 'unfit'],
      ['with something critical that is not understood', { extensions: ['1.2.3.4=critical,DER:0500'] }, 'unfit'],
      ['with a short key', { newKey: 'rsa:1024' }, 'unfit'],
      ['signed with SHA-1', { digest: 'sha1' }, 'unfit'],
    ])('refuses one %s', (_, wishes, reason) => {
      expect(judged(root.issue(wishes), { authorities: authorities() })).toBe(reason);
    });

    it.each<[string, CertificateWishes]>([
      ['that says nothing of its use', { extensions: ['basicConstraints=CA:FALSE'] }],
      ['with an RSA key', { newKey: 'rsa:2048' }],
      ['for mail and for logging in', { extensions: ['extendedKeyUsage=clientAuth,emailProtection'] }],
      ['with critical alternative names', { extensions: ['subjectAltName=critical,email:hanako@example.ac.jp'] }],
    ])('accepts one %s', (_, wishes) => {
      expect(judged(root.issue(wishes), { authorities: authorities() })).toBe('ok');
    });
  });

  describe('revocation', () => {
    const refuse = async (path: string) => {
      const lists = [await listIn(path, [...authorities(), ...intermediates()], Date.now())];
      return { authorities: authorities(), intermediates: intermediates(), lists, whenStale: 'refuse' as const };
    };

    it('accepts one that the list of its authority does not name', async () => {
      expect(judged(good, await refuse(middle.list()))).toBe('ok');
    });

    it('refuses one that it names', async () => {
      const revoked = middle.issue();
      middle.revoke(revoked.certificate);
      expect(judged(revoked, await refuse(middle.list()))).toBe('revoked');
    });

    it('refuses one that an old list names, also where old lists are accepted', async () => {
      const revoked = middle.issue();
      middle.revoke(revoked.certificate);
      const rule = { ...(await refuse(middle.list())), whenStale: 'accept' as const };
      expect(judged(revoked, rule, { now: Date.now() + days(8) })).toBe('revoked');
    });

    it('refuses while the list is too old', async () => {
      expect(judged(good, await refuse(middle.list()), { now: Date.now() + days(8) })).toBe('list_stale');
    });

    it('accepts meanwhile where the operator wants it so', async () => {
      const rule = { ...(await refuse(middle.list())), whenStale: 'accept' as const };
      expect(judged(good, rule, { now: Date.now() + days(8) })).toBe('ok');
    });

    it('does not take the list of another authority for that of its own', async () => {
      expect(judged(good, await refuse(root.list()))).toBe('list_stale');
    });

    it('refuses what an authority has signed that was revoked itself', async () => {
      const fallen = root.below('/CN=Fallen');
      const leaf = fallen.issue();
      root.revoke(fallen.certificate);
      const lists = [await listIn(root.list(), authorities(), Date.now())];
      const rule = { authorities: authorities(), intermediates: [read(fallen.certificate)], lists };
      expect(judged(leaf, rule)).toBe('revoked');
    });
  });
});
