import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { certificatesIn } from '../../../src/core/certificates/read-certificate.ts';
import { planKeepList } from '../../../src/core/certificates/revocation-list.ts';
import { takeList } from '../../../src/core/certificates/take-list.ts';
import { describeWith } from '../../support/needs.ts';
import { type Authority, openAuthority, openssl } from '../../support/openssl-authority.ts';
import type { Wishes } from '../command-line.ts';
import { at, doctorStage, says } from './doctor-stage.ts';

describeWith(openssl, 'doctor on client certificates', () => {
  const { begin, findingsOn, path } = doctorStage();
  let authority: Authority;
  let list: string;
  beforeAll(() => {
    authority = openAuthority();
    list = authority.list();
  });
  afterAll(() => authority.close());

  const configured = (more: Readonly<Record<string, string>> = {}): Wishes => ({
    environment: {
      SEKISHO__SERVER__CERTIFICATEORIGIN: 'https://cert.auth.example',
      SEKISHO__SERVER__PROXY__TRUSTED: '[10.0.0.1]',
      SEKISHO__SERVER__CERTIFICATES__HEADER__NAME: 'Client-Cert',
      SEKISHO__SERVER__CERTIFICATES__HEADER__FORMAT: 'rfc9440',
      SEKISHO__CERTIFICATES__AUTHORITIES: JSON.stringify([authority.file]),
      SEKISHO__CERTIFICATES__REVOCATION__LISTS: JSON.stringify([{ file: list }]),
      ...more,
    },
  });

  const take = () =>
    begin(async ({ world }) => {
      const verdict = await takeList(readFileSync(list), certificatesIn(readFileSync(authority.file)), Date.now());
      if (!verdict.ok) throw new Error(verdict.fault);
      const kept = await planKeepList(world, list, verdict.list);
      if (kept.kind === 'kept') await world.store.commit(kept.writes);
    });

  it('says nothing where there are none', async () => {
    await begin();
    expect(await findingsOn('certificates')).toEqual([]);
  });

  it('finds a list that was never taken, and what that means', async () => {
    await begin();
    expect(await findingsOn('certificates', configured())).toEqual(
      says('problem', /was never taken: certificates of its authority are refused/, /jobs run revocation-lists/),
    );
    const accepting = configured({ SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept' });
    expect(await findingsOn('certificates', accepting)).toEqual(says('warning', /what was revoked since is not known/));
  });

  it('is content with a list in force, and finds the one that is not any more', async () => {
    await take();
    expect(await findingsOn('certificates', configured())).toEqual([]);
    expect(await findingsOn('certificates', { ...configured(), ...at(Date.now() + days(8)) })).toEqual(
      says('problem', /was in force until/),
    );
  });

  it('asks no more for the list of an authority that is no longer configured', async () => {
    await take();
    const successor = openAuthority('/CN=Successor');
    const after = {
      ...configured({ SEKISHO__CERTIFICATES__AUTHORITIES: JSON.stringify([successor.file]) }),
      ...at(Date.now() + days(8)),
    };
    expect(await findingsOn('certificates', after)).toEqual(says('problem', /was never taken/));
    successor.close();
  });

  it('warns of an authority whose certificates would all be refused', async () => {
    await take();
    const extensions = ['basicConstraints=critical,CA:TRUE', 'nameConstraints=critical,permitted;email:example.ac.jp'];
    const constrained = authority.below('/CN=Constrained', { extensions, until: '20361231000000Z' });
    const more = { SEKISHO__CERTIFICATES__INTERMEDIATES: JSON.stringify([constrained.file]) };
    expect(await findingsOn('certificates', configured(more))).toEqual(
      says('warning', /CN=Constrained .* everything under it is refused/, /name constraints/),
    );
  });

  it('warns of an authority that is about to end', async () => {
    await take();
    const soon = {
      ...configured({
        SEKISHO__CERTIFICATES__REVOCATION__LISTS: '[]',
        SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept',
      }),
    };
    const ends = certificatesIn(readFileSync(authority.file))[0]?.notAfter ?? 0;
    expect(await findingsOn('certificates', { ...soon, ...at(ends - days(59)) })).toEqual(
      says('warning', /an authority in .* ends/),
    );
    expect(await findingsOn('certificates', { ...soon, ...at(ends) })).toEqual(
      says('problem', /what it signed is refused/),
    );
  });

  it('finds files that are not there, or hold none', async () => {
    await take();
    writeFileSync(path('empty.pem'), '');
    const files = JSON.stringify([authority.file, path('empty.pem'), path('nowhere.pem')]);
    const found = await findingsOn('certificates', configured({ SEKISHO__CERTIFICATES__AUTHORITIES: files }));
    expect(found.map(({ what }) => what)).toEqual([
      expect.stringContaining('empty.pem holds no certificate'),
      expect.stringContaining('nowhere.pem holds no certificate'),
    ]);
  });
});
