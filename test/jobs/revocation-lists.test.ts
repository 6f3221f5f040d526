import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { type CertificateJudge, certificateJudge } from '../../src/core/certificates/certificate-judge.ts';
import { listsAt } from '../../src/core/certificates/revocation-list.ts';
import { leaseFences, leases } from '../../src/core/leases/lease.ts';
import { type ListPlace, revocationLists } from '../../src/jobs/revocation-lists.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { loopbackNetworks } from '../../src/outgoing/address-judge.ts';
import { type OpenedOutgoing, openOutgoing } from '../../src/outgoing/open-outgoing.ts';
import { freshWorld } from '../core/fresh-world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { describeWith } from '../support/needs.ts';
import { type Authority, openAuthority, openssl } from '../support/openssl-authority.ts';
import { FakeTimer } from './fake-timer.ts';
import { pace } from './nodes.ts';

describeWith(openssl, 'revocationLists', () => {
  const fresh = freshWorld(leases, leaseFences);
  let authority: Authority;
  let server: Server;
  let outgoing: OpenedOutgoing;
  let served: { readonly status: number; readonly body: Buffer };
  let url: string;

  beforeAll(async () => {
    authority = openAuthority();
    server = createServer((_, res) => void res.writeHead(served.status).end(served.body));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.crl`;
  });
  afterAll(() => {
    server.close();
    authority.close();
  });
  beforeEach(() => {
    const limits = { connectTime: 5_000, totalTime: 10_000, bodyBytes: 1024 };
    outgoing = openOutgoing({ allow: loopbackNetworks, limits });
    // What openssl makes is of the moment at which a test makes it: by the clock here, all of it was made before.
    fresh().clock.advance(Date.now() + minutes(5) - new FakeClock().now());
  });
  afterEach(() => outgoing.close());

  const judgeOf = (
    authorities: readonly string[] = [authority.file],
    whenStale: 'refuse' | 'accept' = 'refuse',
  ): CertificateJudge => certificateJudge(fresh().world, { authorities, intermediates: [], lists: [url], whenStale });

  const run = (places: readonly ListPlace[], authorities?: readonly string[]) => {
    const { world } = fresh();
    const means = { certificates: judgeOf(authorities), outgoing, places };
    const job = revocationLists({ kind: 'every', pause: 60_000 }, means);
    const place = { world, log: openLog('silent'), timer: new FakeTimer(), pace, holder: 'a' };
    return runJob(place, job, new AbortController().signal);
  };
  const serve = (path: string) => {
    served = { status: 200, body: readFileSync(path) };
  };
  const found = async (place = url) => (await listsAt(fresh().world.store, place))[0];
  const failed = (words: string) => ({ kind: 'failed', error: expect.stringContaining(words) });

  it('brings a list from its address and from a file', async () => {
    const path = authority.list();
    serve(path);
    expect(await run([{ url }, { file: path }])).toEqual({ kind: 'done' });
    expect(await found()).toMatchObject({ count: 0, scope: 'all', takenAt: fresh().clock.now() });
    expect(await found(path)).toMatchObject({ count: 0 });
  });

  it('brings what was revoked since, before which the judge believed it', async () => {
    const leaf = authority.issue();
    serve(authority.list());
    await run([{ url }]);
    const judge = judgeOf();
    const shown = new X509Certificate(leaf.certificate);
    expect(await judge.judge(shown)).toMatchObject({ ok: true });
    authority.revoke(leaf.certificate);
    serve(authority.list());
    await run([{ url }]);
    expect(await judge.judge(shown)).toEqual({ ok: false, reason: 'revoked' });
  });

  it('does not write what is there already', async () => {
    serve(authority.list());
    await run([{ url }]);
    await run([{ url }]);
    expect(await found()).toMatchObject({ version: 1 });
  });

  it.each<[string, () => { status: number; body: Buffer }, string]>([
    ['cannot be had', () => ({ status: 503, body: Buffer.from('') }), 'answered_503'],
    ['is none', () => ({ status: 200, body: Buffer.from('<html>') }), 'not_a_list'],
    ['is too large', () => ({ status: 200, body: Buffer.alloc(4 * 1024 * 1024 + 1) }), 'too_large'],
  ])('keeps the last good one where the next %s', async (_, next, reason) => {
    serve(authority.list());
    await run([{ url }]);
    const before = await found();
    served = next();
    expect(await run([{ url }])).toEqual(failed(reason));
    expect(await found()).toEqual(before);
  });

  it('keeps the last good one where somebody else has signed the next', async () => {
    serve(authority.list());
    await run([{ url }]);
    const before = await found();
    const foreign = openAuthority();
    serve(foreign.list());
    foreign.close();
    expect(await run([{ url }])).toEqual(failed('bad_signature'));
    expect(await found()).toEqual(before);
  });

  it('keeps the newer one where somebody on the way puts an older in its place', async () => {
    const older = authority.list(undefined, { extensions: [], from: '20240101000000Z' });
    serve(authority.list());
    await run([{ url }]);
    serve(older);
    expect(await run([{ url }])).toEqual(failed('older_than_the_one_kept'));
  });

  it('keeps what one authority has revoked where somebody on the way puts the list of another in its place', async () => {
    const [leaf, neighbour] = [authority.issue(), openAuthority('/CN=Neighbour CA')];
    const shown = new X509Certificate(leaf.certificate);
    const before = authority.list(undefined, { extensions: [], from: '20240101000000Z' });
    authority.revoke(leaf.certificate);
    const files = [authority.file, neighbour.file];
    serve(authority.list());
    await run([{ url }], files);
    serve(neighbour.list());
    await run([{ url }], files);
    expect(await judgeOf(files, 'accept').judge(shown)).toEqual({ ok: false, reason: 'revoked' });
    // Nor does the one of before come back behind it.
    serve(before);
    await run([{ url }], files);
    expect(await judgeOf(files, 'accept').judge(shown)).toEqual({ ok: false, reason: 'revoked' });
    neighbour.close();
  });

  it('keeps what is revoked in one part of a list where another part is put in its place', async () => {
    const leaf = authority.issue();
    const part = (name: string) =>
      authority.list(undefined, { extensions: ['issuingDistributionPoint=critical,@point'], point: name });
    const other = part('fullname=URI:http://a.example/2.crl');
    authority.revoke(leaf.certificate);
    serve(part('fullname=URI:http://a.example/1.crl'));
    await run([{ url }]);
    serve(other);
    await run([{ url }]);
    const shown = new X509Certificate(leaf.certificate);
    expect(await judgeOf().judge(shown)).toEqual({ ok: false, reason: 'revoked' });
  });

  it('brings the others where one cannot be had', async () => {
    const path = authority.list();
    expect(await run([{ file: '/nowhere/list.crl' }, { file: path }])).toEqual(failed('/nowhere/list.crl: unreadable'));
    expect(await found(path)).toBeDefined();
  });
});
