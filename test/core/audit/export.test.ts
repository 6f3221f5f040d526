import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { auditBatches, batchHash } from '../../../src/core/audit/batch.ts';
import { auditCheckpoints } from '../../../src/core/audit/checkpoint.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { exportAudit } from '../../../src/core/audit/export.ts';
import { numberedId } from '../../../src/core/audit/numbered.ts';
import { pruneAudit } from '../../../src/core/audit/prune.ts';
import { auditJwks } from '../../../src/core/audit/public-keys.ts';
import { type AuditStage, auditStage } from './audit-stage.ts';
import { verifyExport } from './independent-verifier.ts';

const program = fileURLToPath(new URL('./independent-verifier.ts', import.meta.url));

describe('exportAudit', () => {
  const stage = auditStage();
  const lines = (range?: Parameters<typeof exportAudit>[1]) => Array.fromAsync(exportAudit(stage().world, range));
  const jwks = () => auditJwks(stage().keys);
  const firstOf = async (batch: number) => (await stage().idsOf(batch))[0] ?? '';

  beforeEach(async () => {
    await stage().sealed(2, 2);
    await stage().sign();
    await stage().sealed(2);
    await stage().tell(1);
  });

  it('gives events, then the batch that seals them, then the checkpoints that sign it, then what waits', async () => {
    const kinds = (await lines()).map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual([
      'sekisho-audit',
      ...['event', 'event', 'batch'],
      ...['event', 'event', 'batch', 'checkpoint'],
      ...['event', 'event', 'batch'],
      'unsealed',
    ]);
  });

  it('gives the part that was asked for', async () => {
    const part = await lines({ from: 2, through: 2 });
    expect(part.map((line) => JSON.parse(line).kind)).toEqual([
      'sekisho-audit',
      'event',
      'event',
      'batch',
      'checkpoint',
    ]);
    expect((await verifyExport(part, jwks())).problems).toEqual([]);
  });

  it('hands over no private key', () => {
    for (const key of jwks().keys) {
      expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', kid: stage().keys[0]?.id });
      expect(key).not.toHaveProperty('d');
    }
  });

  it('is verified by a program that has nothing but the public keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-export-'));
    try {
      const run = async () => {
        writeFileSync(join(folder, 'audit.jsonl'), `${(await lines()).join('\n')}\n`);
        writeFileSync(join(folder, 'keys.json'), JSON.stringify(jwks()));
        const files = [join(folder, 'audit.jsonl'), join(folder, 'keys.json')];
        const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...files], { encoding: 'utf8' });
        return { status, stdout, stderr };
      };
      expect(await run()).toEqual({ status: 0, stdout: '', stderr: '' });
      const id = await firstOf(2);
      await stage().change(auditEvents, id, { at: 1 });
      expect(await run()).toEqual({ status: 1, stdout: `event.changed 2 ${id}\n`, stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  type Tampering = readonly [what: string, (on: AuditStage) => Promise<void>];
  const tamperings: readonly Tampering[] = [
    ['nothing', async () => undefined],
    ['a changed event', async (on) => on.change(auditEvents, await firstOf(2), { salt: 'x' })],
    ['a removed event', async (on) => on.take(auditEvents, await firstOf(1))],
    [
      'an inserted event',
      async (on) => {
        const [model] = await on.events();
        if (!model) throw new TypeError('there is no event');
        const { version: _version, ...record } = model;
        await on.slipIn(auditEvents, { ...record, id: 'slipped-in' });
      },
    ],
    [
      'reordered entries',
      async (on) => {
        const batch = await on.world.store.get(auditBatches, numberedId(3));
        await on.change(auditBatches, numberedId(3), { entries: batch?.entries.toReversed() });
      },
    ],
    ['a changed batch', async (on) => on.change(auditBatches, numberedId(2), { to: 1 })],
    ['a removed batch', async (on) => on.take(auditBatches, numberedId(1))],
    [
      'a batch computed anew',
      async (on) => {
        const batch = await on.world.store.get(auditBatches, numberedId(1));
        if (!batch) throw new TypeError('there is no batch');
        const forged = { ...batch, sealedAt: 1 };
        await on.change(auditBatches, batch.id, { sealedAt: 1, hash: batchHash(forged) });
      },
    ],
    ['a forged checkpoint', async (on) => on.change(auditCheckpoints, numberedId(1), { prunedThrough: 2 })],
    [
      'retention',
      async (on) => {
        await pruneAudit(on.world, on.ring, { before: on.clock.now(), batches: 2 });
      },
    ],
  ];
  it.each(tamperings)('is judged by that program as the store is by ours: %s', async (_what, tamper) => {
    await tamper(stage());
    const ours = (await stage().judge()).problems.map((problem) => {
      if ('eventId' in problem) return `${problem.kind} ${problem.batch} ${problem.eventId}`;
      if ('checkpoint' in problem) return `${problem.kind} ${problem.checkpoint}`;
      return 'batch' in problem ? `${problem.kind} ${problem.batch}` : problem.kind;
    });
    const theirs = await verifyExport(await lines(), jwks());
    expect([...theirs.problems].sort()).toEqual([...ours].sort());
  });
});
