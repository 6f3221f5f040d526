/**
 * Why more than a password is asked for, as the pages say it in one line: a word for which the catalogues have the line, or
 * the line that the university has written for a rule.
 */
import type { Locale } from '../base/locale.ts';
import type { PolicyClause } from '../core/policy/policy.ts';
import type { Situation } from './facts.ts';
import type { RequirementReason } from './requirement.ts';
import { missing } from './second-factor.ts';

export type Because =
  | RequirementReason
  /** Rules of the policy about the network, and about a browser without a second factor. */
  | 'outside'
  | 'network'
  | 'new_browser'
  | { readonly words: string };

/** The model's own field; without anything missing there is none. */
export function askedBecause(situation: Situation, locale: Locale): { readonly because?: Because } {
  const unmet = missing(situation);
  if (!unmet) return {};
  return { because: unmet.clause ? becauseOf(unmet.clause, locale) : unmet.reason };
}

function becauseOf({ rule, reason }: PolicyClause, locale: Locale): Because {
  if (rule.words) return { words: rule.words[locale] };
  if (reason === 'service') return 'connection';
  return reason === 'person' ? 'policy' : reason;
}
