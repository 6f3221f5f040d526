/** Each kind of tampering, one at a time, is named for what it is and where. */
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { auditBatches, batchHash } from '../../../src/core/audit/batch.ts';
import { auditCheckpoints } from '../../../src/core/audit/checkpoint.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { auditHead } from '../../../src/core/audit/head.ts';
import { numberedId } from '../../../src/core/audit/numbered.ts';
import { sealNext } from '../../../src/core/audit/seal.ts';
import { verifyAudit } from '../../../src/core/audit/verify.ts';
import { auditStage, judge } from './audit-stage.ts';

describe('verifyAudit', () => {
  const stage = auditStage();
  const batchOf = async (number: number) => {
    const batch = await stage().world.store.get(auditBatches, numberedId(number));
    if (!batch) throw new TypeError(`there is no batch ${number}`);
    const { version: _version, ...record } = batch;
    return record;
  };
  const eventOf = async (batch: number, position: number) => {
    const event = await stage().world.store.get(auditEvents, (await stage().idsOf(batch))[position] ?? '');
    if (!event) throw new TypeError('there is no such event');
    const { version: _version, ...record } = event;
    return record;
  };
  const problems = async () => (await stage().judge()).problems;

  // Four batches of three events; checkpoints after the second and the third; two events wait.
  beforeEach(async () => {
    await stage().sealed(3, 3);
    await stage().sign();
    await stage().sealed(3);
    await stage().sign();
    await stage().sealed(3);
    await stage().tell(2);
  });

  it('finds nothing where nothing was touched, and says what proves nothing yet', async () => {
    const [, , oldest] = (await stage().events()).slice(-4);
    const { problems: found, summary } = await stage().judge();
    expect(found).toEqual([]);
    expect(summary).toEqual({
      kind: 'summary',
      problems: 0,
      batches: 4,
      events: 12,
      pruned: 0,
      checkpoints: 2,
      unsigned: 1,
      unsealed: { count: 2, oldest: oldest?.at },
      head: { batch: 4, hash: (await batchOf(4)).hash },
    });
  });

  it('begins where it is told to', async () => {
    await stage().change(auditEvents, (await eventOf(1, 0)).id, { at: 1 });
    expect((await stage().judge({ from: 2 })).summary).toMatchObject({ problems: 0, batches: 3, events: 9 });
    expect((await stage().judge({ from: 5 })).summary).toMatchObject({ problems: 0, batches: 0, events: 0 });
  });

  it.each([
    ['the address of the actor', { actor: { kind: 'person', id: 'account-1', address: '192.0.2.8' } }],
    ['the time', { at: 5 }],
    ['the facts', { facts: { type: 'account.issued', accountId: 'account-2' } }],
    ['the account under which it is listed', { accountId: 'account-2' }],
    ['the connection under which it is listed', { connectionId: 'kulasis' }],
    ['the salt', { salt: '' }],
    ['a field that nobody asked for', { note: 'harmless' }],
    ['its time, by taking it away', { at: undefined }],
  ])('names an event of which somebody changed %s', async (_what, fields) => {
    const { id } = await eventOf(2, 1);
    await stage().change(auditEvents, id, fields);
    expect(await problems()).toEqual([{ kind: 'event.changed', batch: 2, eventId: id }]);
  });

  it('names an event that was removed', async () => {
    const { id } = await eventOf(3, 2);
    await stage().take(auditEvents, id);
    expect(await problems()).toEqual([{ kind: 'event.removed', batch: 3, eventId: id }]);
  });

  it.each([
    ['within a batch', { batch: 2 }, 2],
    ['in a batch that does not exist', { batch: 77 }, 77],
    ['before all batches', { batch: -1 }, -1],
    ['between two batches', { batch: 1.5 }, 1.5],
    ['in no batch', { batch: undefined }, undefined],
  ])('names an event that was inserted %s', async (_where, fields, batch) => {
    const model = await eventOf(2, 1);
    await stage().slipIn(auditEvents, { ...model, id: 'slipped-in' });
    await stage().change(auditEvents, 'slipped-in', fields);
    expect(await problems()).toEqual([{ kind: 'event.inserted', batch, eventId: 'slipped-in' }]);
  });

  it.each([
    ['to an earlier batch', 1],
    ['to a later batch', 4],
    ['to those that wait', 0],
    ['to a batch that does not exist', 9],
    ['out of all batches', undefined],
  ])('names an event that was moved %s, once', async (_where, batch) => {
    const { id } = await eventOf(3, 0);
    await stage().change(auditEvents, id, { batch });
    expect(await problems()).toEqual([{ kind: 'event.reordered', batch: 3, eventId: id, foundIn: batch }]);
  });

  it('names an event that was unsealed and sealed again', async () => {
    const { id } = await eventOf(1, 0);
    await stage().change(auditEvents, id, { batch: 0 });
    await sealNext(stage().world, 100);
    expect(await problems()).toEqual([{ kind: 'event.reordered', batch: 1, eventId: id, foundIn: 5 }]);
  });

  it('names the events that changed places within a batch, and the batch', async () => {
    const [first, second, third] = (await batchOf(2)).entries;
    await stage().change(auditBatches, numberedId(2), { entries: [second, first, third] });
    expect(await problems()).toEqual([
      { kind: 'batch.changed', batch: 2 },
      { kind: 'event.reordered', batch: 2, eventId: second?.id, foundIn: 2 },
    ]);
  });

  it.each([
    ['its number', { number: 9 }],
    ['its number, by taking it away', { number: undefined }],
    ['its time', { sealedAt: 5 }],
    ['its hash', { hash: 'AAAA' }],
    ['its hash, by taking it away', { hash: undefined }],
    ['the number of its events', { count: 4 }],
  ])('names a batch of which somebody changed %s', async (_what, fields) => {
    await stage().change(auditBatches, numberedId(2), fields);
    expect(await problems()).toEqual([{ kind: 'batch.changed', batch: 2 }]);
  });

  it('names a batch whose hash was made to fit what was changed', async () => {
    const forged = { ...(await batchOf(2)), sealedAt: 5 };
    await stage().change(auditBatches, numberedId(2), { ...forged, hash: batchHash(forged) });
    expect(await problems()).toEqual([
      { kind: 'checkpoint.contradicted', checkpoint: 1, batch: 2 },
      { kind: 'batch.unchained', batch: 2 },
    ]);
  });

  it('names the checkpoint when the whole chain behind a change was computed anew', async () => {
    const event = await eventOf(1, 0);
    await stage().take(auditEvents, event.id);
    let previous = '';
    for (const number of [1, 2, 3, 4]) {
      const batch = await batchOf(number);
      const entries = batch.entries.filter(({ id }) => id !== event.id);
      const rebuilt = { ...batch, previous, entries, count: entries.length };
      previous = batchHash(rebuilt);
      await stage().change(auditBatches, batch.id, { ...rebuilt, hash: previous });
    }
    await stage().change(auditHead, 'head', { hash: previous });
    expect(await problems()).toEqual([
      { kind: 'checkpoint.contradicted', checkpoint: 1, batch: 2 },
      { kind: 'checkpoint.contradicted', checkpoint: 2, batch: 3 },
    ]);
  });

  it('names batches that were removed, and does not blame their neighbours', async () => {
    await stage().take(auditBatches, numberedId(2));
    await stage().take(auditBatches, numberedId(3));
    expect(await problems()).toEqual([{ kind: 'batch.missing', batch: 2, through: 3 }]);
  });

  it.each([
    ['far behind the end', 99],
    ['before the beginning', 0],
  ])('names a batch that was inserted %s', async (_where, number) => {
    await stage().slipIn(auditBatches, { ...(await batchOf(2)), id: 'slipped-in', number });
    expect(await problems()).toEqual([{ kind: 'batch.inserted', id: 'slipped-in' }]);
  });

  it('names a checkpoint with another signature, and one with another content', async () => {
    await stage().change(auditCheckpoints, numberedId(1), { signature: Buffer.alloc(64, 7).toString('base64url') });
    await stage().change(auditCheckpoints, numberedId(2), { prunedThrough: 3 });
    expect(await problems()).toEqual([
      { kind: 'checkpoint.forged', checkpoint: 1 },
      { kind: 'checkpoint.forged', checkpoint: 2 },
    ]);
  });

  it('names a true checkpoint that was copied to another number', async () => {
    const first = await stage().world.store.get(auditCheckpoints, numberedId(1));
    const { version: _version, id: _id, number: _number, ...content } = first ?? { id: '', version: 0, number: 0 };
    await stage().change(auditCheckpoints, numberedId(2), content);
    expect(await problems()).toEqual([{ kind: 'checkpoint.forged', checkpoint: 2 }]);
  });

  it('names a checkpoint that was removed, and one that was inserted', async () => {
    const first = await stage().world.store.get(auditCheckpoints, numberedId(1));
    if (!first) throw new TypeError('there is no checkpoint');
    const { version: _version, ...record } = first;
    await stage().take(auditCheckpoints, numberedId(1));
    await stage().slipIn(auditCheckpoints, { ...record, id: 'slipped-in', number: 50 });
    expect(await problems()).toEqual([
      { kind: 'checkpoint.missing', checkpoint: 1, through: 1 },
      { kind: 'checkpoint.inserted', id: 'slipped-in' },
    ]);
  });

  it('names checkpoints whose key it was not given, and does not take the key of another for it', async () => {
    const { world, keys } = stage();
    const keyId = keys[0]?.id;
    const unknown = [1, 2].map((checkpoint) => ({ kind: 'checkpoint.unknown_key', checkpoint, keyId }));
    const other = generateKeyPairSync('ed25519').publicKey;
    expect((await judge(world, [{ id: 'other', key: other }])).problems).toEqual(unknown);
    const forged = unknown.map(({ checkpoint }) => ({ kind: 'checkpoint.forged', checkpoint }));
    expect((await judge(world, [{ id: String(keyId), key: other }])).problems).toEqual(forged);
  });

  it.each([
    ['another number', { number: 2 }],
    ['no number', { number: undefined }],
    ['another hash', { hash: 'AAAA' }],
    ['fewer checkpoints', { checkpoint: 1 }],
    ['no checkpoints', { checkpoint: 0 }],
    ['less signed', { signedThrough: 1 }],
    ['another time', { signedAt: 1 }],
    ['events gone that are not', { prunedThrough: 2 }],
  ])('names a head that claims %s', async (_what, fields) => {
    await stage().change(auditHead, 'head', fields);
    expect(await problems()).toEqual([{ kind: 'head.changed' }]);
  });

  it('says which batches are missing when the head claims more', async () => {
    await stage().change(auditHead, 'head', { number: 1e15 });
    expect(await problems()).toEqual([{ kind: 'batch.missing', batch: 5, through: 1e15 }]);
  });

  it('names a head that is missing', async () => {
    await stage().take(auditHead, 'head');
    expect(await problems()).toEqual([{ kind: 'head.missing' }]);
  });

  it('finds nothing wrong with what is sealed while it reads', async () => {
    const { world, keys } = stage();
    const findings: unknown[] = [];
    const verifying = (async () => {
      for await (const finding of verifyAudit(world, keys)) findings.push(finding);
    })();
    await stage().sealed(2, 2, 2, 2, 2);
    await stage().sign();
    await verifying;
    expect(findings).toEqual([expect.objectContaining({ kind: 'summary', problems: 0 })]);
  });
});
