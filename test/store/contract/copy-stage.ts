/** Stores to be copied, copies that are broken off, and what lies in them afterwards. */
import type { AnyRecord, StoreContents } from '../../../src/store/contents.ts';
import { type CopyEnd, type CopyMeans, copyContents } from '../../../src/store/copy.ts';
import { type CopyJudgement, judgeCopying } from '../../../src/store/copy-judge.ts';
import { type AnyCollection, insert } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { contentsAt, type Opening, storeAt, within } from './fresh-address.ts';
import { courses, sampleCollections, tickets } from './sample-records.ts';

export const liveAt = new FakeClock().now();
export const trace = () => ({ collection: tickets, record: { id: 'trace', version: 1, uses: 0 } as AnyRecord });
const isTrace = (_: AnyCollection, { id }: AnyRecord) => id === 'trace';

export interface Both {
  readonly source: StoreContents;
  readonly target: StoreContents;
}

type More = Partial<Pick<CopyMeans, 'passed'>>;

export const onBoth = <T>(
  from: string,
  to: string,
  act: (both: Both) => Promise<T>,
  opening: Opening = {},
): Promise<T> =>
  within(contentsAt(from, opening), (source) => within(contentsAt(to, opening), (target) => act({ source, target })));

export const judge = ({ source, target }: Both): Promise<CopyJudgement> =>
  judgeCopying({ source, target, collections: sampleCollections, liveAt, isTrace });

export async function copyOn(both: Both, more: More = {}): Promise<CopyEnd> {
  const judgement = await judge(both);
  if (judgement.kind !== 'may_begin') throw new Error(JSON.stringify(judgement));
  const means = { ...both, collections: sampleCollections, liveAt, run: `run${Math.random()}`, trace, ...more };
  return copyContents(means, judgement.mark);
}

export const copy = (from: string, to: string, more?: More) => onBoth(from, to, (both) => copyOn(both, more));

export async function allIn(url: string): Promise<Readonly<Record<string, readonly AnyRecord[]>>> {
  return within(contentsAt(url), async (contents) => ({
    courses: await contents.page(courses, undefined, 1_000),
    tickets: (await contents.page(tickets, undefined, 1_000)).filter(({ id }) => id !== 'trace'),
  }));
}

export async function manyCourses(url: string, count = 300): Promise<void> {
  const ids = Array.from({ length: count }, (_, place) => `c${String(place).padStart(4, '0')}`);
  await within(storeAt(url), async (store) => {
    await store.commit(ids.map((id) => insert(courses, { id, code: id, title: 'あ'.repeat(50) })));
    await store.commit([insert(tickets, { id: 't', seat: 's1', uses: 1 })]);
  });
}

/** As a process does that is killed. */
export class Killed extends Error {}
export const killedAt = (phase: string, count: number) => {
  let passed = 0;
  return (at: string) => {
    if (at === phase) passed += 1;
    if (at === phase && passed === count) throw new Killed();
  };
};

/** Somebody else acts, once, before a page is read that is `due`. */
export function interrupted(
  contents: StoreContents,
  due: (collection: AnyCollection, after: string | undefined) => boolean,
  act: () => Promise<void>,
): StoreContents {
  let isDone = false;
  return {
    ...contents,
    async page(collection, after, limit) {
      if (!isDone && due(collection, after)) {
        isDone = true;
        await act();
      }
      return contents.page(collection, after, limit);
    },
  };
}
