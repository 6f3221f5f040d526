/**
 * A document against its schema: the value, or everything that is wrong with it. Whoever mends a file wants the whole
 * list, so what is right by itself comes back too, for rules that look at more than one field.
 */
import type { z } from 'zod';
import { acceptedPart, type Partly } from './accepted-part.ts';
import { explainIssue } from './explain-issue.ts';
import { keepKnownKeys } from './known-keys.ts';
import type { Finding } from './problem.ts';

export interface Judgement<T> {
  /** There only when the schema accepts the whole; unknown keys are findings beside it. */
  readonly value?: T;
  readonly accepted: Partly<T>;
  readonly findings: readonly Finding[];
}

export function judgeTree<Schema extends z.ZodType>(schema: Schema, tree: unknown): Judgement<z.output<Schema>> {
  const { kept, findings } = keepKnownKeys(schema, tree);
  const parsed = schema.safeParse(kept);
  if (parsed.success) return { value: parsed.data, accepted: parsed.data as Partly<z.output<Schema>>, findings };
  const explained = parsed.error.issues.map((issue) => explainIssue(schema, kept, issue));
  return {
    accepted: acceptedPart(schema, kept) as Partly<z.output<Schema>>,
    findings: [...findings, ...explained],
  };
}
