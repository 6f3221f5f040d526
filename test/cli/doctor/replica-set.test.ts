/** What the doctor says of a replica set, by how it stands: members cannot be made to fall behind for a test. */
import { describe, expect, it } from '@jest/globals';
import { hours } from '../../../src/base/duration.ts';
import { judgeSet } from '../../../src/cli/doctor/replica-set.ts';
import type { MemberState, PrimaryFacts, SetMember, SetStanding } from '../../../src/store/set.ts';

const now = Date.UTC(2026, 3, 10);

const member = (host: string, state: MemberState, more: Partial<SetMember> = {}): SetMember => ({
  host,
  state,
  set: 'sekisho',
  version: '6.0.5',
  clock: { theirs: now, ours: now },
  lastWriteAt: now,
  ...more,
});
const [db1, db2, db3] = [member('db1', 'primary'), member('db2', 'secondary'), member('db3', 'secondary')];
const facts: PrimaryFacts = {
  us: 'known',
  lacksRights: [],
  bytes: 2e9,
  freeBytes: 50e9,
  missingIndexes: [],
  oplogWindow: hours(72),
  isJournaled: true,
};
const standing = (members: readonly SetMember[], more: Partial<PrimaryFacts> = {}): SetStanding => ({
  set: 'sekisho',
  database: 'sekisho',
  members,
  ...(members.some(({ state }) => state === 'primary') ? { primary: { ...facts, ...more } } : {}),
});
const all = (state: MemberState, more: Partial<SetMember> = {}) =>
  ['db1', 'db2', 'db3'].map((host) => member(host, state, more));

describe('a replica set', () => {
  it('is in order with three members that keep up', () => {
    expect(judgeSet(standing([db1, db2, db3]))).toEqual([
      expect.objectContaining({
        check: 'store',
        severity: 'ok',
        what: expect.stringContaining('db1 is the primary; MongoDB 6.0.5'),
      }),
      expect.objectContaining({ check: 'disk', severity: 'ok' }),
    ]);
  });

  it.each<[string, readonly SetMember[], string, RegExp]>([
    [
      'a problem while nobody is elected',
      [db2, db3, member('db1', 'unreachable')],
      'problem',
      /no primary.*db1 cannot/,
    ],
    ['a problem when no member answers', all('unreachable'), 'problem', /none of db1, db2, db3 answers/],
    ['a problem when it was never made', all('uninitiated'), 'problem', /not made into a set/],
    ['a problem on a server that is alone', [member('db1', 'standalone')], 'problem', /db1 is no member/],
    ['a problem that lets nobody in', all('forbidden'), 'problem', /db1 does not let us in/],
    ['a problem under another name', [member('db1', 'primary', { set: 'rs0' })], 'problem', /belongs to the set rs0/],
    ['a warning while a member is away', [db1, db2, member('db3', 'unreachable')], 'warning', /db3.*with one more/],
    ['a warning while a member copies', [db1, db2, member('db3', 'other')], 'warning', /db3 is neither/],
    [
      'a warning when a member falls behind',
      [db1, db2, member('db3', 'secondary', { lastWriteAt: now - 90_000 })],
      'warning',
      /db3 is 90 seconds behind/,
    ],
    ['a warning with one member', [db1], 'warning', /one member: none may fail/],
    ['a warning with an arbiter', [db1, db2, { host: 'db3', state: 'arbiter' }], 'warning', /arbiter/],
    [
      'a problem on a server that is too old',
      [db1, db2, member('db3', 'secondary', { version: '5.0.9' })],
      'problem',
      /5.0.9/,
    ],
    [
      'a note while it is upgraded',
      [db1, db2, member('db3', 'secondary', { version: '8.0.4' })],
      'note',
      /6.0.5 and 8.0.4/,
    ],
    [
      'a note on what nobody knew yet',
      all('secondary', { version: '10.0.0' }).with(0, { ...db1, version: '10.0.0' }),
      'note',
      /newer/,
    ],
    [
      'a problem with a clock of its own',
      [db1, db2, member('db3', 'secondary', { clock: { theirs: now + 125_000, ours: now } })],
      'problem',
      /clock of db3 is 125 seconds ahead/,
    ],
  ])('is %s', (_, members, severity, what) => {
    expect(judgeSet(standing(members))).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity, what: expect.stringMatching(what) })]),
    );
  });

  it('says how many more of five may fail', () => {
    const five = [db1, db2, db3, member('db4', 'secondary'), member('db5', 'unreachable')];
    expect(judgeSet(standing(five))).toEqual(
      expect.arrayContaining([expect.objectContaining({ what: expect.stringContaining('1 more may fail') })]),
    );
  });

  it.each<[string, Partial<PrimaryFacts>, string, RegExp]>([
    ['a problem without rights', { lacksRights: ['insert'] }, 'problem', /lacks insert/],
    ['a warning without passwords', { us: 'unasked' }, 'warning', /whoever reaches the members/],
    ['a problem without ours', { us: 'unnamed', lacksRights: ['find'] }, 'problem', /asks who we are/],
    ['a note before its indexes are made', { missingIndexes: ['people'] }, 'note', /1 collections or indexes/],
    ['a problem where acknowledged is not written', { isJournaled: false }, 'problem', /power cut/],
    ['a warning when a night is too long', { oplogWindow: hours(5) }, 'warning', /reaches back 5.0 hours/],
    ['a problem without room', { freeBytes: 1e8 }, 'problem', /100 MB are free on the disk of the primary/],
  ])('is %s', (_, more, severity, what) => {
    expect(judgeSet(standing([db1, db2, db3], more))).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity, what: expect.stringMatching(what) })]),
    );
  });

  it('says where it may not look', () => {
    const { oplogWindow: _, isJournaled: __, ...little } = facts;
    expect(judgeSet({ ...standing([db1, db2, db3]), primary: little })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: 'note', todo: expect.stringContaining('clusterMonitor') }),
      ]),
    );
  });
});
