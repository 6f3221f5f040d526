/** What no test can bring about with servers on one machine, and what must not be taken for something worse. */
import { describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { verdictOn } from '../../../src/store/mongo/verdict.ts';
import type { SetMember } from '../../../src/store/set.ts';

const timedOut = new mongo.MongoServerSelectionError('getaddrinfo ENOTFOUND db2', {} as mongo.TopologyDescription);
const on = (...members: readonly SetMember[]) =>
  verdictOn({ set: 'rs0', database: 'sekisho', members }, timedOut, { user: 'sekisho' });
const member = (host: string, state: SetMember['state'], set?: string): SetMember => ({
  host,
  state,
  ...(set === undefined ? {} : { set }),
});

describe('verdictOn', () => {
  it('names the members that cannot be reached by the names they have for each other', () => {
    expect(on(member('127.0.0.1:27017', 'primary', 'rs0'), member('db2:27017', 'unreachable'))).toEqual({
      code: 'store.unreachable',
      facts: { hosts: ['db2:27017'], set: 'rs0', cause: 'getaddrinfo ENOTFOUND db2' },
    });
  });

  it('finds nothing against a set with a primary whose members all answer', () => {
    expect(on(member('db1:27017', 'primary', 'rs0'), member('db2:27017', 'secondary', 'rs0'))).toBeUndefined();
  });

  it('takes a new member that waits for its turn for what it is', () => {
    expect(on(member('db1:27017', 'secondary', 'rs0'), member('db2:27017', 'uninitiated'))).toEqual({
      code: 'store.no_primary',
      facts: { set: 'rs0', members: ['db1:27017 secondary', 'db2:27017 uninitiated'] },
    });
  });

  it('tells of a standalone among members before anything else about the set', () => {
    expect(on(member('db1:27017', 'standalone'), member('db2:27017', 'primary', 'other'))).toMatchObject({
      code: 'store.standalone',
      facts: { hosts: ['db1:27017'] },
    });
  });

  it('calls a member that keeps us out forbidden, whatever the others are', () => {
    expect(on(member('db1:27017', 'unreachable'), member('db2:27017', 'forbidden'))).toEqual({
      code: 'store.forbidden',
      facts: { user: 'sekisho', database: 'sekisho' },
    });
  });
});
