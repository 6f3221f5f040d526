/** What the makers say of a passkey that is being made, from files to the registration. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MakerSources, openPasskeyMakers } from '../../../../src/core/credentials/passkeys/passkey-makers.ts';
import { registerPasskey } from '../../../../src/core/credentials/passkeys/passkey-registration.ts';
import { type BlobEntry, type Keyed, openMaker, signBlob, signer } from '../../../support/passkey-makers.ts';
import { makePasskey } from '../../../support/software-authenticator.ts';
import { freshWorld } from '../../fresh-world.ts';
import { here, honest, rule } from './passkey-stage.ts';

const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a';

describe('a passkey that must say of which product it is', () => {
  const fresh = freshWorld();
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-makers-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  let maker: Keyed;
  let stranger: Keyed;
  let list: Keyed;
  let by: Keyed;
  let roots: readonly string[];
  beforeAll(async () => {
    [maker, stranger, list] = [await openMaker(), await openMaker(), await openMaker('CN=List Root')];
    by = await list.issue({ name: 'CN=MDS', host: signer });
    roots = [file('maker.pem', maker.pem)];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const listing = async (entries: readonly BlobEntry[]): Promise<NonNullable<MakerSources['metadata']>> => ({
    file: file('blob.jwt', await signBlob({ by, entries })),
    roots: [file('list.pem', list.pem)],
    signer,
  });

  /** With a certificate that its maker has issued, unless another is given. */
  async function register(sources: MakerSources, voucher?: Keyed): Promise<string> {
    const makers = await openPasskeyMakers(fresh().world, sources);
    const making = { ...honest, aaguid, voucher: voucher ?? (await maker.issue()) };
    const answer = JSON.stringify(makePasskey('account-1').registration(making));
    const strict = { ...rule, attestation: 'required' as const, makers };
    const asked = { accountId: 'account-1', challenge: here, unnamed: 'パスキー', answer };
    return (await registerPasskey(fresh().world, strict, asked)).kind;
  }

  it('is taken where its certificate leads to a root that is named, and not where it leads elsewhere', async () => {
    expect(await register({ roots })).toBe('registered');
    expect(await register({ roots }, await stranger.issue())).toBe('not_accepted');
    expect(await register({ roots: [file('stranger.pem', stranger.pem)] })).toBe('not_accepted');
  });

  it('is taken where the list has its product and the root of its maker', async () => {
    const metadata = await listing([{ aaguid, roots: [maker.certificate] }]);
    expect(await register({ metadata, roots: [] })).toBe('registered');
    expect(await register({ metadata, roots: [] }, await stranger.issue())).toBe('not_accepted');
  });

  it('is taken where the list has the very certificate that attests', async () => {
    const voucher = await maker.issue();
    const metadata = await listing([{ aaguid, roots: [voucher.certificate] }]);
    expect(await register({ metadata, roots: [] }, voucher)).toBe('registered');
    expect(await register({ metadata, roots: [] })).toBe('not_accepted');
  });

  it('is not taken where the list has the root for another product', async () => {
    const other = '149a2021-8ef6-4133-96b8-81f8d5b7f1f5';
    const metadata = await listing([
      { aaguid: other, roots: [maker.certificate] },
      { aaguid, roots: [] },
    ]);
    expect(await register({ metadata, roots: [] })).toBe('not_accepted');
  });

  it('is not taken where the list says that the product was revoked, whatever roots are named besides', async () => {
    const metadata = await listing([{ aaguid, roots: [maker.certificate], status: 'REVOKED' }]);
    expect(await register({ metadata, roots })).toBe('not_accepted');
  });

  it('is not taken on the word of an ordinary certificate of the maker', async () => {
    const device = await maker.issue();
    const between = await maker.issue({ name: 'CN=Below', isAuthority: true });
    const chainOf = async (issuer: Keyed) => [
      (await issuer.issue({ name: 'CN=Model 2' })).certificate,
      issuer.certificate,
    ];
    const makers = await openPasskeyMakers(fresh().world, { roots });
    expect(makers.vouchFor({ aaguid, chain: [device.certificate] })).toBe(true);
    expect(makers.vouchFor({ aaguid, chain: await chainOf(between) })).toBe(true);
    expect(makers.vouchFor({ aaguid, chain: await chainOf(device) })).toBe(false);
    expect(makers.vouchFor({ aaguid, chain: [Buffer.from('no certificate')] })).toBe(false);
    expect(makers.vouchFor({ aaguid, chain: [] })).toBe(false);
  });

  it.each<[string, () => Promise<MakerSources>]>([
    ['a root is missing', async () => ({ roots: [join(folder, 'nowhere.pem')] })],
    ['a root is no certificate', async () => ({ roots: [file('text.pem', 'hello')] })],
    [
      'the list is missing',
      async () => ({ metadata: { ...(await listing([])), file: join(folder, 'nowhere') }, roots }),
    ],
    ['the list is signed under another root', async () => ({ metadata: { ...(await listing([])), roots }, roots })],
  ])('is not asked for at all where %s: the node does not start, and names the file', async (_what, sources) => {
    await expect(openPasskeyMakers(fresh().world, await sources())).rejects.toMatchObject({
      code: 'config.invalid',
      facts: { file: expect.stringContaining(folder) },
    });
  });
});
