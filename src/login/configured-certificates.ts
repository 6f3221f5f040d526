/** Client certificates as the configuration wants them: by which rules one leads to an account, and where it is shown. */

import { fullMatch } from '../config/schema/fields/pattern.ts';
import type { Config } from '../config/schema.ts';
import { rulesFor, type SubjectRule } from '../core/credentials/certificates/match-subject.ts';

export const configuredSubjects = ({ certificates }: Config): readonly SubjectRule[] =>
  (certificates?.subjects ?? []).map(({ pattern, ...rule }) => ({
    ...rule,
    ...(pattern === undefined ? {} : { pattern: fullMatch(pattern) }),
  }));

/** None where nobody is asked for one. */
export function certifiedKindsOf(config: Config): readonly string[] {
  const rules = configuredSubjects(config);
  if (rules.length === 0 || config.server.certificateOrigin === undefined) return [];
  return Object.keys(config.accounts.kinds).filter((kind) => rulesFor(rules, kind).length > 0);
}
