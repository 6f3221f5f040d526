import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { days } from '../../../../src/base/duration.ts';
import { readCertificate } from '../../../../src/core/certificates/read-certificate.ts';
import { readMetadataBlob } from '../../../../src/core/credentials/passkeys/metadata-blob.ts';
import { type IssueWishes, type Keyed, openMaker, signBlob, signer } from '../../../support/passkey-makers.ts';
import { startInstant } from '../../sample-records.ts';

const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

describe('the list of authenticators', () => {
  let root: Keyed;
  let by: Keyed;
  const issue = (wishes: IssueWishes = {}) => root.issue({ name: 'CN=MDS', host: signer, ...wishes });
  beforeAll(async () => {
    root = await openMaker('CN=List Root');
    by = await issue();
  });

  const read = (text: string, now = startInstant) => {
    const anchor = readCertificate(new X509Certificate(root.certificate));
    if (!anchor) throw new Error('the root cannot be read');
    return readMetadataBlob(text, { roots: [anchor], signer }, now);
  };

  it('is read where its signature leads to the root, with what makers sign with', async () => {
    const maker = await openMaker();
    const entries = [{ aaguid, roots: [maker.certificate] }, { roots: [] }];
    const { number, expiresAt, products } = await read(await signBlob({ by, entries }));
    expect({ number, expiresAt }).toEqual({ number: 42, expiresAt: Date.UTC(2026, 4, 2) });
    expect([...products]).toEqual([[aaguid, { isWithdrawn: false, roots: [maker.certificate.toString('base64')] }]]);
  });

  it.each([
    ['REVOKED', true],
    ['USER_VERIFICATION_BYPASS', true],
    ['ATTESTATION_KEY_COMPROMISE', true],
    ['USER_KEY_REMOTE_COMPROMISE', true],
    ['USER_KEY_PHYSICAL_COMPROMISE', true],
    ['NOT_FIDO_CERTIFIED', false],
    ['UPDATE_AVAILABLE', false],
  ])('says of a product with the status %s whether it is withdrawn', async (status, isWithdrawn) => {
    const { products } = await read(await signBlob({ by, entries: [{ aaguid, status }] }));
    expect(products.get(aaguid)).toMatchObject({ isWithdrawn });
  });

  it.each<[string, () => Promise<string>]>([
    ['is signed under another root', async () => signBlob({ by: await (await openMaker()).issue({ host: signer }) })],
    [
      'is signed by somebody else under the same root',
      async () => signBlob({ by: await issue({ host: 'evil.example' }) }),
    ],
    [
      'is signed with a certificate that had ended',
      async () => signBlob({ by: await issue({ until: startInstant - 1 }) }),
    ],
    [
      'is signed with another key than its certificate',
      async () => signBlob({ by: { ...by, key: (await issue()).key } }),
    ],
    [
      'was changed',
      async () => {
        const [head, , signature] = (await signBlob({ by })).split('.');
        const [, other] = (await signBlob({ by, entries: [{ aaguid }] })).split('.');
        return `${head}.${other}.${signature}`;
      },
    ],
    ['is not signed', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    ['is no list', async () => 'Not found'],
  ])('is refused where it %s', async (_why, make) => {
    await expect(read(await make())).rejects.toThrow();
    expect(await read(await signBlob({ by }))).toMatchObject({ number: 42 });
  });

  it('is read when it is out of date, although the certificate of its signature has ended since', async () => {
    const text = await signBlob({ by: await issue({ until: Date.UTC(2026, 4, 10) }) });
    const late = startInstant + days(365);
    const { expiresAt } = await read(text, late);
    expect(expiresAt).toBeLessThan(late);
  });
});
