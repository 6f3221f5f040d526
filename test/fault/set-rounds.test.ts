import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mongod } from '../support/mongo/mongod.ts';
import { type ReplicaSet, startReplicaSet } from '../support/mongo/replica-set.ts';
import { describeWith } from '../support/needs.ts';
import { setRound } from './set-rounds.ts';

describeWith(mongod, 'two nodes on a replica set under load', () => {
  let set: ReplicaSet;
  beforeAll(async () => {
    set = await startReplicaSet({ electionTimeoutMs: 1_000 });
  }, 60_000);
  afterAll(() => set.close(), 60_000);

  it.each([
    ['the primary is killed', 'primary-killed'],
    ['the primary steps down', 'primary-steps-down'],
    ['a node is killed', 'node-killed'],
  ] as const)(
    'leave nobody standing, lose nothing and do nothing twice while %s',
    async (_, fault) => {
      const report = await setRound({ fault, people: 8, services: 5, set });
      expect(report.failures).toEqual([]);
      expect(report.logins).toBe(40);
    },
    180_000,
  );
});
