/**
 * One rule of the policy, as the configuration writes it: where, for whom and in which circumstances a login must reach a
 * level. Every condition that is given must be met; of a list one member does.
 */
import type { Localized } from '../../base/locale.ts';
import type { Connection } from '../connections/connection.ts';
import type { Level } from '../credentials/level.ts';
import type { Role } from '../people/person.ts';

export interface PolicyCondition {
  readonly connections?: readonly string[];
  readonly stages?: readonly Connection['stage'][];
  readonly roles?: readonly Role[];
  readonly units?: readonly string[];
  readonly accountKinds?: readonly string[];
  readonly groups?: readonly string[];
  /** In CIDR form: the request comes from one of them. */
  readonly networks?: readonly string[];
  /** The request comes from none of them. */
  readonly outsideNetworks?: readonly string[];
  /** The person has not yet given a second factor in this browser. */
  readonly newDevice?: true;
}

export interface PolicyRule {
  readonly name: string;
  readonly when: PolicyCondition;
  readonly level: Level;
  /** `policy`: a browser that its owner trusts does in its place, as with a connection. */
  readonly trustedBrowser?: 'no' | 'policy';
  /** The line that the person reads; one is made of the conditions where there is none. */
  readonly words?: Localized;
}

/** Whether it depends on where the person is, not only on who they are and where they go. */
export const isCircumstantial = ({ when }: PolicyRule): boolean =>
  when.newDevice === true || when.networks !== undefined || when.outsideNetworks !== undefined;

/** Why a rule holds: what is told to the person, of several conditions the one about which they can do something. */
export type PolicyReason = 'new_browser' | 'outside' | 'network' | 'person' | 'service';

export function reasonOf({ when }: PolicyRule): PolicyReason {
  if (when.newDevice) return 'new_browser';
  if (when.outsideNetworks) return 'outside';
  if (when.networks) return 'network';
  const isOfPerson = when.roles ?? when.units ?? when.accountKinds ?? when.groups;
  return isOfPerson || !when.connections ? 'person' : 'service';
}
