/** Contract of every engine: for any records and any query, find answers what a filter and a sort in memory would. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Index, insert, type Query, remove, type Scalar } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { type Course, courses } from './sample-records.ts';

const text = fc.constantFrom('', 'a', 'A', 'ab', 'b', 'あ', '吉', '\u{20BB7}', '～', 'a\0', "'", '"', '\\', '$.a');
const year = fc.constantFrom(-1, 0, 0.5, 2, 10, 1e15);

const course = fc.record(
  { faculty: text, year, isOpen: fc.boolean(), words: fc.array(text, { maxLength: 4 }) },
  { requiredKeys: [] },
);

const bounds = <T extends Scalar>(value: fc.Arbitrary<T>): fc.Arbitrary<Pick<Query, 'from' | 'below'>> =>
  fc.record({ from: value, below: value }, { requiredKeys: [] });

const query: fc.Arbitrary<Query> = fc
  .oneof(
    bounds(text).map((bound) => ({ index: 'facultyYear', ...bound })),
    fc.tuple(text, bounds(year)).map(([faculty, bound]) => ({ index: 'facultyYear', equals: [faculty], ...bound })),
    fc.tuple(text, year).map((equals) => ({ index: 'facultyYear', equals })),
    fc.boolean().map((isOpen) => ({ index: 'open', equals: [isOpen] })),
    bounds(text).map((bound) => ({ index: 'words', ...bound })),
    text.map((word) => ({ index: 'words', equals: [word] })),
  )
  .chain((bounded) => fc.boolean().map((descending) => ({ ...bounded, descending })));

/** Text by code point, which is the order of its UTF-8 bytes; the rest by size. */
function compare(left: Scalar, right: Scalar): number {
  if (typeof left === 'string' && typeof right === 'string')
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return Number(left) - Number(right);
}

function compareLists(left: readonly Scalar[], right: readonly Scalar[]): number {
  const position = left.findIndex((value, place) => compare(value, right[place] ?? '') !== 0);
  return position < 0 ? 0 : compare(left[position] ?? '', right[position] ?? '');
}

function keysOf(record: Course, index: Index<Course>): Scalar[][] {
  if (index.multiple) return (record.words ?? []).map((word) => [word]);
  const values = index.fields.map((field) => record[field] as Scalar | undefined);
  return values.some((value) => value === undefined) ? [] : [values as Scalar[]];
}

function findNaively(
  records: readonly Course[],
  { index: name, equals = [], from, below, descending }: Query,
): string[] {
  const index = courses.indexes.find((declared) => declared.name === name) as Index<Course>;
  const direction = descending ? -1 : 1;
  const isWithin = (key: Scalar[]): boolean => {
    const next = key[equals.length];
    return (
      equals.every((value, place) => key[place] === value) &&
      (next === undefined || from === undefined || compare(next, from) >= 0) &&
      (next === undefined || below === undefined || compare(next, below) < 0)
    );
  };
  const places = records.flatMap((record) => {
    const first = keysOf(record, index)
      .filter(isWithin)
      .sort((left, right) => direction * compareLists(left, right))[0];
    return first === undefined ? [] : [[...first, record.id]];
  });
  return places.sort((left, right) => direction * compareLists(left, right)).map((place) => String(place.at(-1)));
}

export function describeNaiveFind(openFresh: OpenFresh): void {
  describe('find against a list in memory', () => {
    const fresh = freshStore(openFresh);

    it('answers any query over any records as a filter and a sort would, page by page', async () => {
      const { store } = fresh();
      const cases = fc.asyncProperty(
        fc.array(course, { maxLength: 25 }),
        fc.array(query, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (drawn, queries, limit) => {
          const records: Course[] = drawn.map((fields, position) => ({ id: `c${position}`, ...fields }));
          await store.commit(records.map((record) => insert(courses, record)));
          for (const asked of queries) {
            const expected = findNaively(records, asked);
            const found: string[] = [];
            let after: string | undefined;
            do {
              const page = await store.find(courses, { ...asked, limit, ...(after === undefined ? {} : { after }) });
              found.push(...page.records.map((record) => record.id));
              after = page.next;
            } while (after !== undefined);
            expect(found).toEqual(expected);
            expect(await store.count(courses, asked)).toBe(expected.length);
          }
          await store.commit(records.map((record) => remove(courses, record.id)));
        },
      );
      // A counterexample leaves its records behind, so it is not made smaller: later runs would trip over them.
      await fc.assert(cases, { numRuns: 100, endOnFailure: true });
    });
  });
}
