import { beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/base/digest.ts';
import { days, hours } from '../../../src/base/duration.ts';
import type { Actor } from '../../../src/core/audit/event.ts';
import { isOidc } from '../../../src/core/connections/connection.ts';
import { judgeConnections } from '../../../src/core/connections/document.ts';
import { exportConnections } from '../../../src/core/connections/export-document.ts';
import { type ImportPlan, planImport } from '../../../src/core/connections/plan-import.ts';
import {
  allConnections,
  connectionById,
  resumeConnection,
  rotateSecret,
  suspendConnection,
} from '../../../src/core/connections/registry.ts';
import { freshGround } from '../fresh-ground.ts';
import { samlSurroundings as saml } from './sample-saml.ts';

const ground = freshGround();
const actor: Actor = { kind: 'operator', id: 'tester' };

const written = (oidc: object = {}, rest: object = {}) => ({
  id: 'a-service',
  stage: 'test',
  name: { ja: 'サービス', en: 'Service' },
  homeUrl: 'https://a.example/',
  desk: { name: { ja: '窓口', en: 'Desk' } },
  release: [{ attribute: 'mail', required: true }],
  ...rest,
  oidc: {
    authentication: 'client_secret_basic',
    secret: 'generate',
    redirectUris: ['https://a.example/callback'],
    subject: 'pairwise',
    ...oidc,
  },
});

async function plan(...entries: readonly unknown[]): Promise<ImportPlan> {
  // As a file would have it, where what is undefined is not there.
  const tree: unknown = JSON.parse(JSON.stringify({ connections: entries }));
  const judged = judgeConnections(tree, {
    accountKinds: ['ecs'],
    units: [],
    folder: '.',
    reachesLoopback: false,
    saml,
  });
  if (!judged.ok) throw new Error(JSON.stringify(judged.findings));
  return planImport(ground().world, actor, judged.entries);
}

async function importing(...entries: readonly unknown[]): Promise<ImportPlan> {
  const planned = await plan(...entries);
  expect(planned.findings).toEqual([]);
  if (planned.writes.length > 0) await ground().world.store.commit(planned.writes);
  return planned;
}

async function stored() {
  const connection = await connectionById(ground().world, 'a-service');
  if (!isOidc(connection)) throw new Error('not by OpenID Connect');
  return connection;
}
const digests = async () => (await stored()).oidc.secrets.map(({ digest }) => digest);

describe('planImport', () => {
  it('makes a secret for a new connection, and stores its digest alone', async () => {
    const { connections } = await importing(written());
    const secret = connections[0]?.secret ?? '';
    expect(connections[0]?.kind).toBe('new');
    expect(secret).toHaveLength(43);
    expect(await digests()).toEqual([digestOf(secret)]);
    expect(JSON.stringify(await stored())).not.toContain(secret);
  });

  it('keeps the secret, the time of creation and the suspension of a known connection', async () => {
    await importing(written());
    await suspendConnection(ground().world, actor, 'a-service', 'noise');
    const before = await stored();
    ground().clock.advance(hours(1));
    const { connections } = await importing(written({ mayRefresh: true }));
    expect(connections).toEqual([
      { id: 'a-service', kind: 'changed', changes: [{ field: 'oidc.mayRefresh', before: false, after: true }] },
    ]);
    const after = await stored();
    expect(after).toMatchObject({ createdAt: before.createdAt, state: 'suspended', suspensionReason: 'noise' });
    expect(after.changedAt).toBe(before.changedAt + hours(1));
    expect(after.oidc.secrets).toEqual(before.oidc.secrets);
  });

  it('writes nothing for a connection that is as the document says', async () => {
    await importing(written());
    ground().clock.advance(hours(1));
    const again = await importing(written());
    expect(again).toMatchObject({ connections: [{ kind: 'unchanged', changes: [] }], writes: [] });
  });

  it('tells what changes from what to what, where something comes or goes as well', async () => {
    await importing(written({}, { description: { ja: 'い', en: 'i' } }));
    const { connections } = await importing(
      written({}, { name: { ja: 'サービス', en: 'Renamed' }, audience: { roles: ['student'] } }),
    );
    expect(connections[0]?.changes).toEqual([
      { field: 'name.en', before: 'Service', after: 'Renamed' },
      { field: 'description', before: { ja: 'い', en: 'i' }, after: undefined },
      { field: 'audience.roles', before: undefined, after: ['student'] },
    ]);
  });

  it('tells of the addresses that Sekisho calls, and exports them as they were written', async () => {
    const called = {
      jwksUri: 'https://a.example/keys',
      sectorIdentifierUri: 'https://a.example/addresses',
      backchannelLogoutUri: 'https://a.example/logout',
    };
    const signing = { authentication: 'private_key_jwt', secret: undefined };
    await importing(written({ ...signing, ...called }));
    expect((await stored()).oidc).toMatchObject(called);
    const exported = JSON.parse(JSON.stringify(exportConnections([await stored()], ground().clock.now())));
    expect((await importing(...exported.connections)).connections).toMatchObject([{ kind: 'unchanged' }]);
    const moved = { ...signing, ...called, jwksUri: 'https://b.example/keys', backchannelLogoutUri: undefined };
    expect((await importing(written(moved))).connections[0]?.changes).toEqual([
      { field: 'oidc.jwksUri', before: 'https://a.example/keys', after: 'https://b.example/keys' },
      { field: 'oidc.backchannelLogoutUri', before: 'https://a.example/logout', after: undefined },
    ]);
  });

  it('refuses a connection that would have no secret to authenticate with, beside every other problem', async () => {
    const { findings } = await plan(written({ secret: undefined }), written({ secret: undefined }, { id: 'another' }));
    expect(findings.map(({ path }) => path)).toEqual([
      ['connections', 0, 'oidc', 'secret'],
      ['connections', 1, 'oidc', 'secret'],
    ]);
  });

  it('takes over a secret of which only the digest is known', async () => {
    const { connections } = await importing(written({ secret: { sha256: digestOf('a secret') } }));
    expect(connections[0]?.secret).toBeUndefined();
    expect(await digests()).toEqual([digestOf('a secret')]);
  });

  it('forgets the secret of a connection that does not use one any more', async () => {
    await importing(written());
    await importing(written({ secret: undefined, authentication: 'none' }));
    expect(await digests()).toEqual([]);
  });

  it('keeps a required level, and takes it away when the document does', async () => {
    await importing(written({}, { requiredLevel: 'sfa' }));
    expect((await stored()).requiredLevel).toBe('sfa');
    await importing(written());
    expect((await stored()).requiredLevel).toBeUndefined();
  });

  it('tells that a trusted browser is to do in place of the required level, and that it is not to any more', async () => {
    await importing(written({}, { requiredLevel: 'mfa', trustedBrowser: 'policy' }));
    expect((await stored()).trustedBrowser).toBe('policy');
    expect((await importing(written({}, { requiredLevel: 'mfa' }))).connections[0]?.changes).toEqual([
      { field: 'trustedBrowser', before: 'policy', after: undefined },
    ]);
  });
});

describe('exportConnections', () => {
  it('gives a document that imports again without change', async () => {
    await importing(
      written({ postLogoutRedirectUris: ['https://a.example/bye'], mayIntrospect: true, mayRefresh: true }),
      written(
        { secret: undefined, authentication: 'none', subject: 'public' },
        {
          id: 'another',
          audience: { roles: ['staff'] },
          requiredLevel: 'mfa',
          trustedBrowser: 'policy',
          listed: false,
          consent: 'always',
        },
      ),
    );
    await rotateSecret(ground().world, actor, 'a-service', days(14));
    const all = await allConnections(ground().world);
    const document = exportConnections(all, ground().clock.now()) as { connections: readonly unknown[] };
    expect(document.connections).toHaveLength(2);
    const again = await importing(...document.connections);
    expect(again.connections.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
  });

  it('leaves out a secret that has run out, and importing without it is no change', async () => {
    await importing(written());
    await rotateSecret(ground().world, actor, 'a-service', hours(1));
    ground().clock.advance(hours(2));
    const document = exportConnections([await stored()], ground().clock.now()) as { connections: readonly unknown[] };
    expect(JSON.stringify(document).match(/sha256/g)).toHaveLength(1);
    expect((await importing(...document.connections)).connections[0]?.kind).toBe('unchanged');
  });
});

describe('rotateSecret', () => {
  beforeEach(async () => {
    await importing(written());
  });

  it('keeps the old secret beside the new one until the overlap is over', async () => {
    const [old] = (await stored()).oidc.secrets;
    const secret = await rotateSecret(ground().world, actor, 'a-service', days(14));
    expect((await stored()).oidc.secrets).toEqual([
      { ...old, expiresAt: ground().clock.now() + days(14) },
      { digest: digestOf(secret), createdAt: ground().clock.now() },
    ]);
  });

  it('keeps two secrets and no more', async () => {
    const first = await rotateSecret(ground().world, actor, 'a-service', hours(1));
    ground().clock.advance(hours(0.5));
    const second = await rotateSecret(ground().world, actor, 'a-service', days(14));
    expect(await digests()).toEqual([digestOf(first), digestOf(second)]);
  });

  it('never prolongs a secret that is ending', async () => {
    const ends = ground().clock.now() + hours(1);
    const old = { sha256: digestOf('old'), until: new Date(ends).toISOString() };
    await importing(written({ secret: old }));
    await rotateSecret(ground().world, actor, 'a-service', days(14));
    expect((await stored()).oidc.secrets[0]).toMatchObject({ digest: digestOf('old'), expiresAt: ends });
  });

  it('ends the old secret at once without an overlap', async () => {
    const secret = await rotateSecret(ground().world, actor, 'a-service', 0);
    expect(await digests()).toEqual([digestOf(secret)]);
  });

  it('refuses a connection that has no use for a secret', async () => {
    await importing(written({ secret: undefined, authentication: 'none' }, { id: 'public-one' }));
    await expect(rotateSecret(ground().world, actor, 'public-one', 0)).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

describe('suspendConnection', () => {
  beforeEach(async () => {
    await importing(written());
  });

  it('suspends with a reason, once, and resumes', async () => {
    const { world } = ground();
    await suspendConnection(world, actor, 'a-service', 'leaked a secret');
    expect(await stored()).toMatchObject({ state: 'suspended', suspensionReason: 'leaked a secret' });
    const again = suspendConnection(world, actor, 'a-service', 'again');
    await expect(again).rejects.toMatchObject({ code: 'connection.suspended' });
    expect(await resumeConnection(world, actor, 'a-service')).toBe('resumed');
    expect(await stored()).not.toHaveProperty('suspensionReason');
    expect(await resumeConnection(world, actor, 'a-service')).toBe('unchanged');
    expect(await ground().auditTypes()).toEqual(['connection.imported', 'connection.resumed', 'connection.suspended']);
  });

  it('refuses a connection that is not there', async () => {
    const act = suspendConnection(ground().world, actor, 'nothing', 'x');
    await expect(act).rejects.toMatchObject({ code: 'connection.not_found', facts: { connection: 'nothing' } });
  });
});
