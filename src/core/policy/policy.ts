/**
 * The rules, made ready once, and what they demand of a login: pure functions of who, where to, from where and in which
 * browser. What they demand of a person at a connection at worst is the same without the last two.
 */
import type { Instant } from '../../base/clock.ts';
import { type Whereabouts, whereaboutsIn } from '../../base/networks.ts';
import type { Connection } from '../connections/connection.ts';
import type { Account } from '../people/account.ts';
import { currentAffiliations, currentRoles, type Person, type Role } from '../people/person.ts';
import { type PolicyReason, type PolicyRule, reasonOf } from './rule.ts';

interface ReadyRule {
  readonly rule: PolicyRule;
  readonly reason: PolicyReason;
  /** Looked up for every login; a rule may name hundreds. */
  readonly connections?: ReadonlySet<string>;
  readonly inNetworks?: (address: string) => Whereabouts;
  readonly inOutsideNetworks?: (address: string) => Whereabouts;
}

export interface Policy {
  readonly rules: readonly ReadyRule[];
}

/** A rule that holds, and why. */
export interface PolicyClause {
  readonly rule: PolicyRule;
  readonly reason: PolicyReason;
}

export type PolicyPlace = Pick<Connection, 'id' | 'stage'>;

/** What a person is now, as far as a rule may ask. */
export interface PolicySubject {
  readonly roles: readonly Role[];
  readonly units: readonly string[];
  readonly groups: readonly string[];
  readonly accountKind: string;
}

/** From where, and in which browser. */
export interface PolicyVisit {
  readonly address: string;
  /** In which the person has not yet given a second factor. */
  readonly isNewBrowser: boolean;
}

export const openPolicy = (rules: readonly PolicyRule[]): Policy => ({ rules: rules.map(ready) });

function ready(rule: PolicyRule): ReadyRule {
  const { connections, networks, outsideNetworks } = rule.when;
  return {
    rule,
    reason: reasonOf(rule),
    ...(connections ? { connections: new Set(connections) } : {}),
    ...(networks ? { inNetworks: whereaboutsIn(networks) } : {}),
    ...(outsideNetworks ? { inOutsideNetworks: whereaboutsIn(outsideNetworks) } : {}),
  };
}

export const policySubject = (person: Person, account: Pick<Account, 'kind'>, now: Instant): PolicySubject => ({
  roles: currentRoles(person, now),
  units: currentAffiliations(person, now).map(({ unit }) => unit),
  groups: person.groups ?? [],
  accountKind: account.kind,
});

/** Those that may hold at this connection, whoever comes. */
export const rulesAt = ({ rules }: Policy, { id, stage }: PolicyPlace): Policy['rules'] =>
  rules.filter(
    ({ rule: { when }, connections }) => (connections?.has(id) ?? true) && (when.stages?.includes(stage) ?? true),
  );

export const isAbout = ({ rule: { when } }: ReadyRule, subject: PolicySubject): boolean =>
  isAmong(when.roles, subject.roles) &&
  isAmong(when.units, subject.units) &&
  isAmong(when.groups, subject.groups) &&
  isAmong(when.accountKinds, [subject.accountKind]);

/** Those that hold for this person at this connection, or would from another place or in another browser. */
export function rulesAbout(policy: Policy, place: PolicyPlace, subject: () => PolicySubject): Policy['rules'] {
  const there = rulesAt(policy, place);
  if (there.length === 0) return there;
  const who = subject();
  return there.filter((rule) => isAbout(rule, who));
}

/** Whether any of them asks about the browser: what is known of it need not be read otherwise. */
export const asksBrowser = (rules: Policy['rules']): boolean => rules.some(({ rule }) => rule.when.newDevice === true);

/** Of those about a person and a connection the ones that hold in these circumstances, in the order of the configuration. */
export const clausesHere = (rules: Policy['rules'], visit: PolicyVisit): readonly PolicyClause[] =>
  rules.filter((rule) => isHere(rule, visit)).map(({ rule, reason }) => ({ rule, reason }));

/** Where an address cannot be read, each condition about it counts as met: nobody gets in with less by hiding theirs. */
const isHere = ({ rule, inNetworks, inOutsideNetworks }: ReadyRule, { address, isNewBrowser }: PolicyVisit): boolean =>
  inNetworks?.(address) !== 'outside' &&
  inOutsideNetworks?.(address) !== 'inside' &&
  (isNewBrowser || !rule.when.newDevice);

const isAmong = <T>(asked: readonly T[] | undefined, held: readonly T[]): boolean =>
  asked === undefined || asked.some((value) => held.includes(value));
