/** What `store copy` says. Stores are called by names without passwords. */
import { resolve } from 'node:path';
import type { OpenedContents, StoreContents } from '../store/contents.ts';
import type { CopyEnd } from '../store/copy.ts';
import type { CopyJudgement } from '../store/copy-judge.ts';
import { recordsIn, type Seals, wholeChecksum } from '../store/copy-seal.ts';
import { copyReasons } from './judge-copy.ts';
import { done, type Report } from './report.ts';
import { readerOf, shownTime } from './shown-time.ts';
import { refusal } from './store-in-files.ts';
import type { SeenNode } from './store-nodes.ts';
import { type Call, configOf } from './verb.ts';

type AnyCall = Call<{ readonly config?: string }>;
type Place = Pick<StoreContents, 'name' | 'engine'>;
type Withheld = Exclude<Extract<CopyJudgement, { kind: 'refused' }>['reason'], 'newer'>;

export const unopened = ({ name, fault }: Extract<OpenedContents, { kind: 'refused' }>): Report =>
  fault === 'in_use'
    ? refusal('in_use', `${name} is in use. Stop the server and every other sekisho command. Nothing was changed.`)
    : refusal(fault, `${name} cannot be used: ${copyReasons[fault]}. Nothing was changed.`);

export function running(call: AnyCall, source: Place, nodes: readonly SeenNode[]): Report {
  const reader = readerOf(call.terminal.environment, configOf(call));
  const last = Math.max(...nodes.map(({ goneBy }) => goneBy));
  return refusal(
    'running',
    `Servers work on ${source.name}: ${nodes.map(({ holder }) => holder).join(', ')}. Stop them all; those that were killed are forgotten at ${shownTime(last, reader)}. Nothing was changed.`,
  );
}

const reasons: Readonly<Record<Withheld, (source: Place, target: Place) => string>> = {
  same_store: ({ name }) => `${name} cannot be copied into itself.`,
  source_half_copied: ({ name }) =>
    `${name} was copied in part only: finish that copy first, or copy from where it came.`,
  source_empty: ({ name }) => `${name} holds no records.`,
  target_occupied: (_, { name }) =>
    `${name} holds records of another installation. Name an empty database, or a file that is not there.`,
};

export const withheld = (source: Place, target: Place, reason: Withheld): Report =>
  refusal(reason, `${reasons[reason](source, target)} Nothing was changed.`);

/** What a copy would do, or why there is none to make. */
export function foretold(call: AnyCall, source: Place, target: Place, judgement: CopyJudgement): Report {
  switch (judgement.kind) {
    case 'refused':
      return judgement.reason === 'newer' ? newer(judgement) : withheld(source, target, judgement.reason);
    case 'copied_already': {
      const { seals } = judgement;
      const line = `${target.name} holds what ${source.name} holds, ${counted(seals)}: it was copied already. Nothing was changed.`;
      return done([line, ...nextLines(call, source, seals)], {
        stage: 'copied_already',
        ...jsonOf(source, target, seals),
      });
    }
    case 'may_begin': {
      const isResumed = judgement.mark !== undefined;
      const line = `${judgement.records} records can be copied: ${source.name} → ${target.name}${isResumed ? ', where a copy was broken off' : ''}.`;
      return done([line], { stage: 'may_begin', ...jsonOf(source, target), isResumed });
    }
    default:
      throw new TypeError(`no such judgement: ${judgement satisfies never}`);
  }
}

const newer = ({ in: place, collections }: { readonly in: string; readonly collections: readonly string[] }): Report =>
  refusal(
    'newer',
    `${place} was written by a newer version of Sekisho, which keeps what this one does not know: ${collections.join(', ')}. Use that version. Nothing was changed.`,
  );

export function copyReport(call: AnyCall, source: Place, target: Place, end: CopyEnd): Report {
  switch (end.kind) {
    case 'copied': {
      const { seals, written, removed } = end;
      const line = `${target.name} holds what ${source.name} holds: ${counted(seals)}, read back and compared (${written} written, ${removed} removed).`;
      const json = { stage: 'copied', ...jsonOf(source, target, seals), written, removed };
      return done([line, ...nextLines(call, source, seals)], json);
    }
    case 'source_moved':
      return refusal(
        'source_moved',
        `Somebody wrote to ${source.name} meanwhile (${end.collections.join(', ')}). Stop every server, then run the command again; ${notYet(target)}`,
      );
    case 'unequal':
      return refusal(
        'unequal',
        `What was read back from ${target.name} is not what was written (${end.collections.join(', ')}). Run the command again; if that happens twice, do not trust its disks, and ${notYet(target)}`,
      );
    case 'overtaken':
      return refusal('overtaken', `Another copy into ${target.name} has begun: let that one end.`);
    default:
      throw new TypeError(`no such end: ${end satisfies never}`);
  }
}

export const brokenOff = (target: Place, { cause }: Error): Report =>
  refusal(
    'broken_off',
    `The copy was broken off. What has reached ${target.name} stays there: run the command again, and it goes on; ${notYet(target)}`,
    Error.isError(cause) ? [cause.message] : [],
  );

const notYet = ({ name }: Place): string => `until then nobody can open ${name}.`;

const counted = (seals: Seals): string => `${recordsIn(seals)} records`;

const nextLines = (call: AnyCall, source: Place, seals: Seals): readonly string[] => [
  `SHA-256 ${wholeChecksum(seals)}`,
  '',
  'Put its address into store.url. The master key is not in it: every server that uses it needs the key directory',
  `of the old one, ${resolve(configOf(call).keys.directory)}. Then run \`sekisho doctor\`, start the server, and sign in to a service.`,
  `${source.name} was left as it is. Start no server on it again: two stores of one installation grow apart.`,
];

const jsonOf = (source: Place, target: Place, seals?: Seals) => ({
  from: { engine: source.engine, name: source.name },
  to: { engine: target.engine, name: target.name },
  ...(seals
    ? {
        checksum: wholeChecksum(seals),
        collections: Object.fromEntries(Object.entries(seals).filter(([, { records }]) => records > 0)),
      }
    : {}),
});
