import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDomainError } from '../../src/base/errors.ts';
import type { Job } from '../../src/jobs/job.ts';
import { insert, replace } from '../../src/store/port.ts';
import { entries, type Node, nodesOnOneStore } from './nodes.ts';

const { openNode, pass, endAll } = nodesOnOneStore('memory');
const second = 1_000;

/** Appends its token to a ledger three times, with work in between that hears no signal. */
const ledgering = (node: Node, pause: number): Job => ({
  name: 'ledger',
  schedule: { kind: 'every', pause },
  async run({ world: { store }, token, now }) {
    for (const length of [2, 7, 4]) {
      await node.timer.wait(length * second, new AbortController().signal);
      const ledger = await store.get(entries, 'ledger');
      const text = `${ledger?.text ?? ''}${token} `;
      try {
        await store.commit([
          ledger ? replace(entries, { ...ledger, text }) : insert(entries, { id: 'ledger', text, at: now }),
        ]);
      } catch (error) {
        if (isDomainError(error)) return;
        throw error;
      }
    }
  },
});

/** Who lives through how many seconds, while the others hang; and by how much a clock is put wrong before. */
interface Happening {
  readonly awake: readonly number[];
  readonly seconds: number;
  readonly jump: { readonly node: number; readonly minutes: number };
}

const happening: fc.Arbitrary<Happening> = fc.record({
  awake: fc.subarray([0, 1, 2], { minLength: 1 }),
  seconds: fc.integer({ min: 1, max: 70 }),
  jump: fc.record({ node: fc.nat(2), minutes: fc.integer({ min: -1500, max: 1500 }) }),
});

async function tokensAfter(pause: number, happenings: readonly Happening[]) {
  const nodes = [await openNode('a'), await openNode('b'), await openNode('c')];
  for (const node of nodes) node.start(ledgering(node, pause));
  for (const { awake, seconds, jump } of happenings) {
    nodes[jump.node]?.clock.advance(jump.minutes * 60 * second);
    await pass(seconds * second, ...nodes.filter((_, position) => awake.includes(position)));
  }
  const tokens = async () =>
    ((await nodes[0]?.world.store.get(entries, 'ledger'))?.text ?? '').trim().split(' ').map(Number);
  const before = await tokens();
  await pass(180 * second, ...nodes);
  const after = await tokens();
  await endAll();
  return { before, after };
}

describe('nodes that hang and wake at random, with clocks that jump', () => {
  it.each([
    ['keeps its lease between turns', 5 * second],
    ['hands its lease back after each turn', 40 * second],
  ])(
    'never mix their turns of a job that %s, and never stop doing it',
    async (_, pause) => {
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
          const { before, after } = await tokensAfter(pause, happenings);
          expect(after).toEqual(after.toSorted((a, b) => a - b));
          expect(after.length).toBeGreaterThan(before.length);
        }),
        { numRuns: 40 },
      );
      // Forty rounds of hours that pass in a store on disk: a busy machine takes its time.
    },
    180_000,
  );
});
