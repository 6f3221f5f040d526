/** What befalls a replica set or its nodes in the middle of a load. */
import { setTimeout } from 'node:timers/promises';
import { type NodeProcess, startNode } from '../nodes/node-process.ts';
import { tryMember } from '../support/mongo/ask-member.ts';
import type { Member } from '../support/mongo/member.ts';
import type { ReplicaSet } from '../support/mongo/replica-set.ts';
import type { SekishoWishes } from '../support/sekisho.ts';
import type { Front } from './front.ts';

export interface Stage {
  readonly set: ReplicaSet;
  readonly front: Front;
  readonly wishes: SekishoWishes;
  readonly nodes: NodeProcess[];
}

export interface Fault {
  /** Answers how to end it, and the milliseconds until there was another primary, where there had to be one. */
  begin(stage: Stage): Promise<{ readonly election?: number; end(): Promise<void> }>;
}

export type SetFault =
  | 'nothing'
  | 'primary-killed'
  | 'primary-steps-down'
  | 'primary-frozen'
  | 'secondary-killed'
  | 'node-killed';

export const setFaults: Readonly<Record<SetFault, Fault>> = {
  /** What the others are to be compared with. */
  nothing: { begin: async () => ({ end: async () => undefined }) },
  'primary-killed': {
    async begin({ set }) {
      const primary = await set.primary();
      const gone = performance.now();
      await primary.kill();
      await anotherThan(primary, set);
      return { election: performance.now() - gone, end: () => primary.restart() };
    },
  },
  'primary-steps-down': {
    async begin({ set }) {
      const begun = performance.now();
      await set.stepDown();
      return { election: performance.now() - begun, end: async () => undefined };
    },
  },
  'primary-frozen': {
    async begin({ set }) {
      const primary = await set.primary();
      const frozen = performance.now();
      primary.freeze();
      await anotherThan(primary, set);
      return { election: performance.now() - frozen, end: async () => primary.thaw() };
    },
  },
  'secondary-killed': {
    async begin({ set }) {
      const primary = await set.primary();
      const secondary = set.members.find((member) => member.host !== primary.host);
      await secondary?.kill();
      return { end: async () => secondary?.restart() };
    },
  },
  'node-killed': {
    async begin({ nodes, front, wishes }) {
      const [killed] = nodes.splice(0, 1);
      await killed?.kill();
      return {
        async end() {
          nodes.push(await startNode(wishes, 0));
          front.aim(...nodes.map(({ address }) => address.port));
        },
      };
    },
  },
};

/** Asks the others alone: one that is frozen would keep whoever asks it. */
async function anotherThan(gone: Member, { members }: ReplicaSet): Promise<void> {
  const others = members.filter(({ host }) => host !== gone.host);
  for (;;) {
    for (const { host } of others) if ((await tryMember(host, { hello: 1 }))?.isWritablePrimary === true) return;
    await setTimeout(50);
  }
}
