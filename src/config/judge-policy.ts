/** A `policy` section by itself, such as one that is tried before it is saved, under the rules of the whole configuration. */
import { z } from 'zod';
import { judgeTree } from '../base/document/judge-tree.ts';
import type { Finding } from '../base/document/problem.ts';
import { isValueMap } from '../base/document/value-tree.ts';
import { checkPolicy } from './rules/policy.ts';
import { policy } from './schema/policy.ts';
import type { Config } from './schema.ts';

export type JudgedPolicy =
  | { readonly ok: true; readonly policy: Config['policy'] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const section = z.strictObject({ policy });

/** What stands beside the section, as in a copy of the whole configuration, is not looked at. */
export function judgePolicy(tree: unknown, config: Config): JudgedPolicy {
  if (!isValueMap(tree) || !Object.hasOwn(tree, 'policy')) {
    return { ok: false, findings: [{ path: ['policy'], message: 'is missing' }] };
  }
  const { value, accepted, findings } = judgeTree(section, { policy: tree.policy });
  const all = [...findings, ...checkPolicy({ ...config, policy: accepted.policy })];
  return value && all.length === 0 ? { ok: true, policy: value.policy } : { ok: false, findings: all };
}
