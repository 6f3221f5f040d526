/** One member, asked by itself: what it is, whom it knows, how late it is. Needs no right but to be let in. */
import { mongo } from 'mongoose';
import { systemClock } from '../../../base/clock.ts';
import type { MemberState, SetMember } from '../../set.ts';

export interface Asked {
  readonly member: SetMember;
  /** Of its set, as it knows them. */
  readonly knows: readonly string[];
  readonly arbiters: readonly string[];
}

interface Hello {
  readonly setName?: string;
  readonly isreplicaset?: boolean;
  readonly isWritablePrimary?: boolean;
  readonly secondary?: boolean;
  readonly arbiterOnly?: boolean;
  readonly hosts?: readonly string[];
  readonly passives?: readonly string[];
  readonly arbiters?: readonly string[];
  readonly localTime?: Date;
  readonly lastWrite?: { readonly lastWriteDate?: Date };
}

/** Refusals of the server that are about who asks, and not about what. */
const notLetIn = new Set([13, 18]);
export const isNotLetIn = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && notLetIn.has(Number(error.code));

export async function askMember(host: string, client: mongo.MongoClient): Promise<Asked> {
  const nobody = { knows: [], arbiters: [] };
  try {
    const admin = client.db('admin');
    // The first question opens the connection, which is no part of the way there and back of the second.
    const { version } = await admin.command({ buildInfo: 1 });
    // The machine's own: a server has no other to be held against.
    const before = systemClock.now();
    const hello = (await admin.command({ hello: 1 })) as Hello;
    const ours = (before + systemClock.now()) / 2;
    const member: SetMember = {
      host,
      state: stateOf(hello),
      version: String(version),
      ...(hello.setName === undefined ? {} : { set: hello.setName }),
      ...(hello.localTime === undefined ? {} : { clock: { theirs: hello.localTime.getTime(), ours } }),
      ...(hello.lastWrite?.lastWriteDate === undefined ? {} : { lastWriteAt: hello.lastWrite.lastWriteDate.getTime() }),
    };
    return { member, knows: [...(hello.hosts ?? []), ...(hello.passives ?? [])], arbiters: hello.arbiters ?? [] };
  } catch (error) {
    if (isNotLetIn(error)) return { member: { host, state: 'forbidden' }, ...nobody };
    if (error instanceof mongo.MongoError) return { member: { host, state: 'unreachable' }, ...nobody };
    throw error;
  }
}

function stateOf(hello: Hello): MemberState {
  if (hello.isreplicaset === true) return 'uninitiated';
  if (hello.setName === undefined) return 'standalone';
  if (hello.isWritablePrimary === true) return 'primary';
  if (hello.arbiterOnly === true) return 'arbiter';
  return hello.secondary === true ? 'secondary' : 'other';
}
