/** Whatever single thing is changed in what was sealed, the verifier finds it, and so does the auditor's own program. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/base/canonical-json.ts';
import { auditBatches } from '../../../src/core/audit/batch.ts';
import { auditCheckpoints } from '../../../src/core/audit/checkpoint.ts';
import { auditEvents, unsealed } from '../../../src/core/audit/event.ts';
import { exportAudit } from '../../../src/core/audit/export.ts';
import { auditHead } from '../../../src/core/audit/head.ts';
import { auditJwks } from '../../../src/core/audit/public-keys.ts';
import { type AnyCollection, insert, remove, type StoredRecord } from '../../../src/store/port.ts';
import { AuditStage } from './audit-stage.ts';
import { verifyExport } from './independent-verifier.ts';

type Tree = Record<string, unknown>;

/** Paths to every value in the record that is not a container, by which a mutation chooses its place. */
function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
}

function withLeaf(record: Tree, path: readonly string[], value: unknown): Tree {
  const copy = structuredClone(record);
  const parent = path.slice(0, -1).reduce<Tree>((part, name) => part[name] as Tree, copy);
  const last = path.at(-1) ?? '';
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

describe('verifyAudit and the independent verifier', () => {
  let stage: AuditStage;
  const targets: { collection: AnyCollection; record: Tree & StoredRecord }[] = [];

  beforeAll(async () => {
    stage = await AuditStage.open();
    await stage.sealed(3, 2);
    await stage.sign();
    await stage.sealed(4);
    await stage.sign();
    await stage.sealed(2);
    await stage.tell(2);
    const { store } = stage.world;
    const collect = async (collection: AnyCollection, index: string) => {
      const { records } = await store.find(collection, { index, limit: 1_000 });
      for (const { version: _version, ...record } of records) targets.push({ collection, record });
    };
    await collect(auditEvents, 'byTime');
    await collect(auditBatches, 'byNumber');
    await collect(auditCheckpoints, 'byNumber');
    const { version: _version, ...head } = (await store.get(auditHead, 'head')) ?? { id: 'head', version: 0 };
    // Several times, so that it is chosen as often as others.
    for (let time = 0; time < 4; time += 1) targets.push({ collection: auditHead, record: head });
  });
  afterAll(() => stage.world.store.close());

  const strange = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.integer({ min: -1, max: 6 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  );
  const mutation = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), leaf: fc.nat(), value: strange }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy' as const), id: fc.string({ minLength: 1 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), value: fc.string() }) },
  );

  it('find any single mutation of what was sealed', async () => {
    const { store } = stage.world;
    await fc.assert(
      fc.asyncProperty(fc.nat(), mutation, async (chosen, change) => {
        const target = targets[chosen % targets.length];
        if (!target) throw new TypeError('there is nothing to mutate');
        const { collection, record } = target;
        fc.pre(record.batch !== unsealed);
        const isHead = collection === auditHead;
        let mutated: Tree | undefined;
        if (change.kind === 'change') {
          const paths = leaves(record).filter(([name]) => name !== 'id');
          mutated = withLeaf(record, paths[change.leaf % paths.length] ?? [], change.value);
          fc.pre(canonicalJson(mutated) !== canonicalJson(record));
        } else if (change.kind === 'copy') {
          // A number is unique in the store; a second head is looked for by nobody.
          fc.pre(!isHead && !targets.some(({ record: other }) => other.id === change.id));
          mutated = { ...record, id: change.id, ...(collection === auditEvents ? {} : { number: 99 }) };
        } else if (change.kind === 'add') {
          // What stands in the head besides its fields is read by nobody.
          fc.pre(!isHead);
          mutated = { ...record, unasked: change.value };
        }
        const isCopy = change.kind === 'copy';
        const stored = mutated as StoredRecord | undefined;
        try {
          await store.commit([
            ...(isCopy ? [] : [remove(collection, record.id)]),
            ...(stored ? [insert(collection, stored)] : []),
          ]);
        } catch {
          // The store itself refuses a number that is taken.
          fc.pre(false);
        }
        try {
          const { problems } = await stage.judge();
          expect(problems).not.toEqual([]);
          // An export has no head, writes the place of an event in its own words, and holds nothing outside the chain.
          const isInChain = !isHead && mutated?.batch !== true && !(isCopy && collection !== auditEvents);
          if (isInChain) {
            const verdict = await verifyExport(exportAudit(stage.world), auditJwks(stage.keys));
            const isLastLink = collection !== auditEvents && isLast(targets, collection, record);
            // Without the last link, an export is one that was made earlier.
            if (!isLastLink || change.kind === 'change') expect(verdict.problems).not.toEqual([]);
          }
        } finally {
          await store.commit([
            ...(stored ? [remove(collection, stored.id)] : []),
            ...(isCopy ? [] : [insert(collection, record)]),
          ]);
        }
      }),
      { numRuns: 300 },
    );
    expect((await stage.judge()).problems).toEqual([]);
  }, 120_000);
});

const isLast = (
  targets: readonly { readonly collection: AnyCollection; readonly record: StoredRecord }[],
  collection: AnyCollection,
  record: StoredRecord,
): boolean => targets.filter((target) => target.collection === collection).at(-1)?.record.id === record.id;
