/**
 * By which class a login is told (Core 2.7.2.2), and since when its factors are proven. Asked of the one engine that
 * answers OpenID Connect too: exactly one name, and a true one. SAML must name a class: where no level may be told, it is the
 * one that says nothing.
 */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import {
  type Assertable,
  type Assertion,
  acceptableNames,
  assertionOf,
  type RequestedNames,
} from '../../../core/credentials/assertion.ts';
import type { FactorUse } from '../../../core/credentials/factor-use.ts';
import { unspecifiedContext } from '../names.ts';
import { type AskedContext, isMetByAny, unmet } from '../requests/contexts.ts';

export interface ToldContext {
  readonly name: string;
  /** Of the oldest factor that is relied on. */
  readonly at: number;
  /** The connection has a trusted browser told by this name, which its level was not reached for (saml-settings.ts). */
  readonly isStandIn?: true;
}

export interface ProvenLogin {
  readonly factors: readonly FactorUse[];
  /** It passed because a trusted browser stood in for a second factor. */
  readonly isTrusted: boolean;
}

const nothingAsked: RequestedNames = { names: [], comparison: 'exact' };

/** @throws SamlRefusal `context_unmet` */
export function contextFor(
  assertable: Assertable,
  { saml }: Pick<SamlConnection, 'saml'>,
  asked: AskedContext | undefined,
  { factors, isTrusted }: ProvenLogin,
): ToldContext {
  const told = asked && assertionOf(assertable, factors, asked);
  if (told?.name !== undefined) return named(told, told.name);
  const free = assertionOf(assertable, factors, nothingAsked);
  const standIn = isTrusted ? saml.tellsTrustedBrowserAs : undefined;
  // Microsoft asks again when it hears NoAuthnContext, for as long as the person stays: it is told what is true.
  const bound = saml.preset === 'microsoft365' ? undefined : asked;
  if (standIn !== undefined && (bound === undefined || isAcceptable(assertable, bound, standIn))) {
    return { name: standIn, at: free.at, isStandIn: true };
  }
  // What was asked is met by anything and not by what is true by name: only "unspecified" is both asked and true.
  if (asked && isMetByAny(asked)) return named(free, unspecifiedContext);
  // The connection has changed while somebody typed. Core 3.3.2.2.1: one of those that were asked for, or none.
  if (bound !== undefined) throw unmet('what was asked for was not reached in this login');
  return named(free, free.name ?? unspecifiedContext);
}

const isAcceptable = ({ names, order }: Assertable, asked: AskedContext, told: string): boolean =>
  acceptableNames(names, order, asked).some(({ name }) => name === told);

const named = ({ at }: Assertion, name: string): ToldContext => ({ name, at });
