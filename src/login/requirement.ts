/**
 * What a login must prove, and why: each clause is met by any of its levels. Pure. The person is told the reason in one
 * line; a wish of the service is followed where the person has the means, and stops nobody.
 */
import type { Connection } from '../core/connections/connection.ts';
import { type AssuranceRule, trueLevels } from '../core/credentials/assurance.ts';
import type { FactorUse } from '../core/credentials/factor-use.ts';
import type { Level } from '../core/credentials/level.ts';
import type { PolicyClause } from '../core/policy/policy.ts';
import type { LoginRequest } from './request.ts';

/** `service_asked`: in this request. `connection`: every login there. `policy`: a rule of the university's that holds here. */
export type RequirementReason = 'service_asked' | 'service_wishes' | 'connection' | 'policy';

export interface Requirement {
  readonly anyOf: readonly Level[];
  readonly isEssential: boolean;
  readonly reason: RequirementReason;
  /** With `policy`: which rule, and why it holds. */
  readonly clause?: PolicyClause;
  /** A browser that the person trusts does in its place (trust.ts). Never what a service asks for in its request. */
  readonly mayBeWaived?: boolean;
}

export function requirementsOf({
  request,
  connection,
  policy = [],
}: {
  readonly request: LoginRequest;
  readonly connection?: Connection;
  readonly policy?: readonly PolicyClause[];
}): readonly Requirement[] {
  const { acceptable, essential } = request.demand;
  const clauses: Requirement[] = [];
  if (connection?.requiredLevel !== undefined) {
    const mayBeWaived = connection.trustedBrowser === 'policy';
    const clause = { anyOf: [connection.requiredLevel], isEssential: true, reason: 'connection' as const };
    clauses.push(mayBeWaived ? { ...clause, mayBeWaived } : clause);
  }
  clauses.push(...policy.map(requirementOf));
  if (essential) clauses.push({ anyOf: acceptable, isEssential: true, reason: 'service_asked' });
  else if (acceptable.length > 0) clauses.push({ anyOf: acceptable, isEssential: false, reason: 'service_wishes' });
  return clauses;
}

function requirementOf(clause: PolicyClause): Requirement {
  const { level, trustedBrowser } = clause.rule;
  const requirement = { anyOf: [level], isEssential: true, reason: 'policy' as const, clause };
  return trustedBrowser === 'policy' ? { ...requirement, mayBeWaived: true } : requirement;
}

/** Those that these factors do not meet. */
export function unmetBy(
  rule: AssuranceRule,
  requirements: readonly Requirement[],
  factors: readonly FactorUse[],
): readonly Requirement[] {
  const held = trueLevels(rule, factors);
  return requirements.filter(({ anyOf }) => !anyOf.some((level) => held.includes(level)));
}
