/** A world in memory for each test: an empty store, a clock that stands still, keys and cheap hashes. */
import { afterEach, beforeEach } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { systemIds } from '../../src/base/ids.ts';
import { notMeLinks } from '../../src/core/access/not-me-link.ts';
import { roleGrants } from '../../src/core/access/role-grant.ts';
import { setupLinks } from '../../src/core/access/setup-link.ts';
import { unkeptCodes } from '../../src/core/access/unkept-codes.ts';
import { type AuditFacts, auditEvents } from '../../src/core/audit/event.ts';
import { revocationLists, revokedSerials } from '../../src/core/certificates/revocation-list.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { consents } from '../../src/core/consents/consent.ts';
import { refusedCertificates } from '../../src/core/credentials/certificates/refused-certificate.ts';
import type { CodeDigest } from '../../src/core/credentials/code-digest.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { type PasswordHasher, passwordHasher } from '../../src/core/credentials/password-hash.ts';
import { factorResets } from '../../src/core/credentials/reset-factors.ts';
import { throttleCounts } from '../../src/core/credentials/throttle.ts';
import { trustedBrowsers } from '../../src/core/credentials/trusted-browser.ts';
import { type MasterKey, masterKeyOf } from '../../src/core/keys/master-key.ts';
import { masterKeyUses } from '../../src/core/keys/master-key-use.ts';
import { rotationRules } from '../../src/core/keys/plan-rotation.ts';
import { keyRing } from '../../src/core/keys/ring.ts';
import type { TurnMeans } from '../../src/core/keys/turn-ring.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { logoutRounds } from '../../src/core/sessions/logout-round.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { World } from '../../src/core/world.ts';
import { openStore } from '../../src/store/open.ts';
import { type AnyCollection, type Collection, insert, type Stored, type StoredRecord } from '../../src/store/port.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sampleCodeDigest } from './sample-code-digest.ts';

export interface Fresh {
  readonly world: World;
  readonly clock: FakeClock;
  readonly masterKey: MasterKey;
  readonly hasher: PasswordHasher;
  readonly codeDigest: CodeDigest;
  /** Stores the record and answers it as it was read back. */
  put<T extends StoredRecord>(collection: Collection<T>, record: T): Promise<Stored<T>>;
  /** What the audit tells, oldest first; among events of one instant the order is that of their types. */
  audited(): Promise<readonly AuditFacts[]>;
}

const ofCore: readonly AnyCollection[] = [
  accounts,
  auditEvents,
  connections,
  consents,
  credentials,
  factorResets,
  keyRing,
  logoutRounds,
  masterKeyUses,
  notices,
  notMeLinks,
  people,
  refusedCertificates,
  revocationLists,
  revokedSerials,
  roleGrants,
  sessions,
  setupLinks,
  throttleCounts,
  trustedBrowsers,
  unkeptCodes,
];

export const sampleMasterKey = masterKeyOf(Buffer.alloc(32, 1));

/** Ninety days, and ten years with a key that is quickly made. */
export function sampleTurning(masterKey: MasterKey = sampleMasterKey): TurnMeans {
  const tokens = { period: days(90), publishAhead: days(7), keepRetired: days(14) };
  const certificates = { period: days(3285), publishAhead: days(180), keepRetired: days(30) };
  return {
    masterKey,
    certificates: { ...certificates, host: 'login.example.ac.jp', bits: 2048 },
    rules: rotationRules(tokens, certificates),
  };
}

export async function openWorld(...more: readonly AnyCollection[]): Promise<Fresh> {
  const clock = new FakeClock();
  const store = await openStore({ url: 'sqlite::memory:', collections: [...new Set([...ofCore, ...more])], clock });
  return {
    world: { store, clock, ids: systemIds },
    clock,
    masterKey: sampleMasterKey,
    hasher: passwordHasher({ memoryKiB: 64, iterations: 1, parallelism: 1 }),
    codeDigest: sampleCodeDigest(),
    async put(collection, record) {
      await store.commit([insert(collection, record)]);
      const stored = await store.get(collection, record.id);
      if (!stored) throw new TypeError(`the sample ${record.id} has expired already`);
      return stored;
    },
    async audited() {
      const { records } = await store.find(auditEvents, { index: 'byTime', limit: 1000 });
      const byType = (a: AuditFacts, b: AuditFacts) => (a.type < b.type ? -1 : 1);
      return [...records].sort((a, b) => a.at - b.at || byType(a.facts, b.facts)).map(({ facts }) => facts);
    },
  };
}

/** To be called inside `describe`; what it answers is valid inside its tests. `more` are collections beyond core's. */
export function freshWorld(...more: readonly AnyCollection[]): () => Fresh {
  let fresh: Fresh | undefined;
  beforeEach(async () => {
    fresh = await openWorld(...more);
  });
  afterEach(() => fresh?.world.store.close());
  return () => {
    if (fresh === undefined) throw new TypeError('no test is running');
    return fresh;
  };
}
