import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { certificateJudge } from '../../../src/core/certificates/certificate-judge.ts';
import { describeWith } from '../../support/needs.ts';
import { type Authority, openAuthority, openssl } from '../../support/openssl-authority.ts';
import { freshWorld } from '../fresh-world.ts';

describeWith(openssl, 'certificateJudge', () => {
  const fresh = freshWorld();
  let root: Authority;
  beforeAll(() => {
    root = openAuthority();
  });
  afterAll(() => root.close());

  const judgeWith = (intermediates: readonly string[]) =>
    certificateJudge(fresh().world, { authorities: [root.file], intermediates, lists: [], whenStale: 'accept' });

  it('spends no time on keys that are sent along only because they take long', async () => {
    const huge = root.below('/CN=Huge', { newKey: 'rsa:4112' });
    const leaf = new X509Certificate(huge.issue().certificate);
    // The certificates of openssl are of this moment.
    fresh().clock.advance(Date.now() - fresh().clock.now());
    const others = [new X509Certificate(huge.certificate)];
    expect(await judgeWith([]).judge(leaf, others)).toEqual({ ok: false, reason: 'unknown_authority' });
    // Where the operator has chosen it, it was chosen.
    expect(await judgeWith([huge.file]).judge(leaf)).toMatchObject({ ok: true });
  });
});
