/** What the states of a set's members mean for a node that was not taken in. Asks nobody. */
import mongoose, { mongo } from 'mongoose';
import type { DomainError, ErrorFacts } from '../../base/errors.ts';
import type { MemberState, SetStanding } from '../set.ts';
import { codeOf } from './engine-error.ts';
import { isNotLetIn } from './set/ask-member.ts';

export type Verdict = Pick<DomainError, 'code' | 'facts'>;

/** As whom the address comes. */
export interface Visitor {
  readonly user?: string;
  readonly authSource?: string;
}

/** From what explains everything else to what is only true of the moment; undefined when the set looks well. */
export function verdictOn(standing: SetStanding, error: unknown, visitor: Visitor): Verdict | undefined {
  const { set, members } = standing;
  const hostsThatAre = (state: MemberState): string[] =>
    members.filter((member) => member.state === state).map(({ host }) => host);
  const unreachable = hostsThatAre('unreachable');
  if (isNotLetIn(error) || hostsThatAre('forbidden').length > 0) {
    return { code: 'store.forbidden', facts: forbiddenFacts(standing, error, visitor) };
  }
  if (unreachable.length === members.length) {
    return { code: 'store.unreachable', facts: { hosts: unreachable, ...causeOf(error) } };
  }
  const alone = hostsThatAre('standalone');
  if (alone.length > 0) return { code: 'store.standalone', facts: { hosts: alone } };
  const uninitiated = hostsThatAre('uninitiated');
  if (uninitiated.length > 0 && members.every((member) => member.set === undefined)) {
    return { code: 'store.standalone', facts: { hosts: uninitiated, initiated: false } };
  }
  const foreign = members.find((member) => member.set !== undefined && member.set !== set);
  if (foreign?.set !== undefined) {
    return { code: 'store.wrong_set', facts: { expected: set, found: foreign.set, host: foreign.host } };
  }
  if (hostsThatAre('primary').length === 0) {
    return { code: 'store.no_primary', facts: { set, members: members.map(({ host, state }) => `${host} ${state}`) } };
  }
  // It has a primary, and we reached it by the name in the address: the driver goes by the names that members give each other.
  if (unreachable.length > 0 && isSelection(error)) {
    return { code: 'store.unreachable', facts: { hosts: unreachable, set, ...causeOf(error) } };
  }
  return undefined;
}

function forbiddenFacts({ database, primary }: SetStanding, error: unknown, visitor: Visitor): ErrorFacts {
  const lacks = primary?.lacksRights ?? [];
  return {
    user: 'none',
    ...visitor,
    database,
    ...(codeOf(error) === AUTHENTICATION_FAILED ? { refused: 'password' } : {}),
    ...(lacks.length > 0 ? { lacks } : {}),
  };
}

const AUTHENTICATION_FAILED = 18;

const isSelection = (error: unknown): error is Error =>
  error instanceof mongo.MongoServerSelectionError || error instanceof mongoose.Error.MongooseServerSelectionError;

/** What the network said, which names hosts and never who comes. */
const causeOf = (error: unknown): ErrorFacts => (isSelection(error) ? { cause: error.message } : {});
