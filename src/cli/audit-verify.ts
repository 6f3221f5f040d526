/** `audit verify`: whether anybody edited the audit trail. Every problem is a line; any problem ends it with 1. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Instant } from '../base/clock.ts';
import type { Locale } from '../base/locale.ts';
import type { KnownHead } from '../core/audit/judge-end.ts';
import type { AuditProblem } from '../core/audit/problem.ts';
import { auditKeysOf } from '../core/audit/public-keys.ts';
import { type AuditSummary, verifyAudit } from '../core/audit/verify.ts';
import { formatCount, formatWait } from '../i18n/format.ts';
import { auditProblemSentence } from './audit-problem-sentence.ts';
import { batchCounter } from './batch-counter.ts';
import { localeOf } from './locale.ts';
import { done, refused } from './report.ts';
import { isoTime } from './shown-time.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'verify',
  summary: 'prove that nobody changed, removed, moved or inserted an audit event',
  more: `Give it the batch and the hash of the latest "audit checkpoint" in a log that lies elsewhere: only that shows that the end
was cut off together with everything about it. Logins go on meanwhile.`,
  json: `{ findings: [{ kind, … the place }], summary: { batches, events, pruned, checkpoints, unsigned, unsealed: { count,
oldest? }, head?: { batch, hash } } }`,
};

const knownHead = new Option('--known-head <batch:hash>', 'where the chain stood, as a log tells it').argParser(
  (text: string): KnownHead => {
    const [, batch, hash = ''] = /^(\d{1,15}):([\w-]{43})$/.exec(text) ?? [];
    if (!Number(batch)) throw new InvalidArgumentError('Expected a number of a batch, a colon and its hash.');
    return { batch: Number(batch), hash };
  },
);

export const addAuditVerify = (parent: Command, run: Run): Command =>
  addVerb<{ readonly knownHead?: KnownHead }>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { ring }) => {
        const known = call.options.knownHead;
        const counter = await batchCounter(world.store, call.terminal);
        const findings: AuditProblem[] = [];
        let summary: AuditSummary | undefined;
        try {
          const judged = verifyAudit(
            { ...world, store: counter.store },
            auditKeysOf(ring.current().keys),
            known ? { knownHead: known } : {},
          );
          for await (const finding of judged) {
            if (finding.kind === 'summary') summary = finding;
            else findings.push(finding);
          }
        } finally {
          counter.end();
        }
        if (!summary) throw new TypeError('the verifier came to no end');
        const told = summaryLines(summary, known, world.clock.now(), localeOf(call.terminal.environment));
        const json = { findings, summary: jsonOf(summary) };
        if (findings.length === 0) return done(['Nobody edited what is sealed.', ...told], json);
        return refused(
          [...findings.map(auditProblemSentence), '', `${counted(findings.length, 'problem')}.`, ...told],
          json,
        );
      }),
    [knownHead],
  );

function summaryLines(summary: AuditSummary, known: KnownHead | undefined, now: Instant, locale: Locale): string[] {
  const { batches, events, pruned, checkpoints, unsigned, unsealed, head } = summary;
  const { count, oldest } = unsealed;
  const age = oldest === undefined ? '' : `; the oldest waits for ${formatWait((now - oldest) / 1_000, locale)}`;
  return [
    `sealed: ${counted(events, 'event')} in ${counted(batches, 'batch')}; ${formatCount(pruned)} gone by retention`,
    `signed: ${counted(checkpoints, 'checkpoint')}; ${counted(unsigned, 'batch')} after the last`,
    `not sealed yet, which proves nothing: ${counted(count, 'event')}${age}`,
    ...(head ? [`the chain stands at ${head.batch}:${head.hash}`] : []),
    ...(known ? [] : ['Without --known-head, an end that was cut off cannot be noticed.']),
  ];
}

const plurals = { event: 'events', batch: 'batches', checkpoint: 'checkpoints', problem: 'problems' } as const;

const counted = (count: number, one: keyof typeof plurals): string =>
  `${formatCount(count)} ${count === 1 ? one : plurals[one]}`;

function jsonOf({ kind: _kind, problems: _problems, unsealed, ...rest }: AuditSummary) {
  const { count, oldest } = unsealed;
  return { ...rest, unsealed: { count, ...(oldest === undefined ? {} : { oldest: isoTime(oldest) }) } };
}
