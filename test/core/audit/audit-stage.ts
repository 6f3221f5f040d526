/** A world whose audit can be filled, sealed, tampered with and judged in a line each. */
import { afterEach, beforeEach } from '@jest/globals';
import { auditBatches } from '../../../src/core/audit/batch.ts';
import { type AuditCheckpoint, auditCheckpoints, signCheckpoint } from '../../../src/core/audit/checkpoint.ts';
import { type AuditEvent, type AuditFacts, auditEvents, auditWrite } from '../../../src/core/audit/event.ts';
import { auditHead } from '../../../src/core/audit/head.ts';
import type { AuditKey } from '../../../src/core/audit/judge-checkpoints.ts';
import { numberedId } from '../../../src/core/audit/numbered.ts';
import type { AuditProblem } from '../../../src/core/audit/problem.ts';
import { auditKeysOf } from '../../../src/core/audit/public-keys.ts';
import { sealNext } from '../../../src/core/audit/seal.ts';
import { type AuditSummary, type VerifyOptions, verifyAudit } from '../../../src/core/audit/verify.ts';
import { type OpenedKey, openRing } from '../../../src/core/keys/ring.ts';
import type { World } from '../../../src/core/world.ts';
import {
  type AnyCollection,
  type Collection,
  insert,
  remove,
  replace,
  type Stored,
  type StoredRecord,
} from '../../../src/store/port.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import { openWorld, sampleTurning } from '../fresh-world.ts';

export const auditCollections: readonly AnyCollection[] = [auditBatches, auditCheckpoints, auditHead];
export const actor = { kind: 'person', id: 'account-1', address: '192.0.2.7' } as const;

export interface Judgement {
  readonly problems: readonly AuditProblem[];
  readonly summary: AuditSummary;
}

export class AuditStage {
  readonly world: World;
  readonly clock: FakeClock;
  readonly ring: readonly OpenedKey[];
  readonly keys: readonly AuditKey[];

  private constructor(world: World, clock: FakeClock, ring: readonly OpenedKey[]) {
    this.world = world;
    this.clock = clock;
    this.ring = ring;
    this.keys = auditKeysOf(ring);
  }

  static async open(...more: readonly AnyCollection[]): Promise<AuditStage> {
    const { world, clock } = await openWorld(...auditCollections, ...more);
    return new AuditStage(world, clock, await openRing(world, sampleTurning()));
  }

  /** Events a second apart; those of one call are committed together. */
  async tell(count: number, facts: AuditFacts = { type: 'account.issued', accountId: 'account-1' }): Promise<void> {
    const writes = Array.from({ length: count }, () => {
      this.clock.advance(1_000);
      return auditWrite(this.world, actor, facts);
    });
    await this.world.store.commit(writes);
  }

  /** Batches of so many events each, in time order. */
  async sealed(...sizes: readonly number[]): Promise<void> {
    for (const size of sizes) {
      await this.tell(size);
      await sealNext(this.world, size);
    }
  }

  sign = (): Promise<AuditCheckpoint | undefined> => signCheckpoint(this.world, this.ring);

  /** In the order of time. */
  async events(): Promise<readonly Stored<AuditEvent>[]> {
    return (await this.world.store.find(auditEvents, { index: 'byTime', limit: 1_000 })).records;
  }

  /** The ids of a batch's events, in order. */
  async idsOf(batch: number): Promise<readonly string[]> {
    const record = await this.world.store.get(auditBatches, numberedId(batch));
    return record?.entries.map(({ id }) => id) ?? [];
  }

  async change<T extends StoredRecord>(collection: Collection<T>, id: string, fields: object): Promise<void> {
    const record = await this.world.store.get(collection, id);
    if (!record) throw new TypeError(`there is no ${id}`);
    await this.world.store.commit([replace(collection, { ...record, ...fields })]);
  }

  take = (collection: AnyCollection, id: string): Promise<void> => this.world.store.commit([remove(collection, id)]);
  slipIn = <T extends StoredRecord>(collection: Collection<T>, record: T): Promise<void> =>
    this.world.store.commit([insert(collection, record)]);

  judge = (options: VerifyOptions = {}): Promise<Judgement> => judge(this.world, this.keys, options);
}

export async function judge(world: World, keys: readonly AuditKey[], options: VerifyOptions = {}): Promise<Judgement> {
  const problems: AuditProblem[] = [];
  for await (const finding of verifyAudit(world, keys, options)) {
    if (finding.kind === 'summary') return { problems, summary: finding };
    problems.push(finding);
  }
  throw new TypeError('the verifier came to no end');
}

/** To be called inside `describe`; what it answers is valid inside its tests. */
export function auditStage(...more: readonly AnyCollection[]): () => AuditStage {
  let stage: AuditStage | undefined;
  beforeEach(async () => {
    stage = await AuditStage.open(...more);
  });
  afterEach(() => stage?.world.store.close());
  return () => {
    if (stage === undefined) throw new TypeError('no test is running');
    return stage;
  };
}
