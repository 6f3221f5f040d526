/**
 * `store copy`: moves an installation to another engine or another place. The target is no store until all of it was read
 * back and found equal; whatever stops the copy, the next call goes on from there.
 */
import { type Command, Option } from 'commander';
import { type Instant, systemClock } from '../base/clock.ts';
import { isDomainError } from '../base/errors.ts';
import { systemIds } from '../base/ids.ts';
import { type AuditEvent, auditEvents, unsealedEvent } from '../core/audit/event.ts';
import type { AnyRecord, OpenedContents, StoreContents } from '../store/contents.ts';
import { copyContents } from '../store/copy.ts';
import { type CopyJudgement, judgeCopying } from '../store/copy-judge.ts';
import { type Seals, wholeChecksum } from '../store/copy-seal.ts';
import { openContents } from '../store/open.ts';
import type { AnyCollection, Stored } from '../store/port.ts';
import { progressBar } from './progress-bar.ts';
import type { Report } from './report.ts';
import { type CopyOptions, copyAddresses } from './store-copy-addresses.ts';
import { brokenOff, copyReport, foretold, running, unopened, withheld } from './store-copy-report.ts';
import { nodesAt } from './store-nodes.ts';
import { addChangingVerb, type Call, configOf, type Run } from './verb.ts';

const words = {
  usage: 'copy',
  summary: 'move the installation to another store, of the same engine or another; every server must be stopped',
  more: `Copies all records into an empty store, reads them back and compares count and checksum. Until that is done nobody can
open the new store; what was broken off goes on with the same command. The old store is left as it is. The key directory
is not copied: the same must be used with the new store. Addresses that carry a password are better given as
SEKISHO_COPY_FROM and SEKISHO_COPY_TO, since the command line can be seen by others on the machine.`,
  json: `{ stage: "copied" | "copied_already" | "may_begin", from: { engine, name }, to: { engine, name }, isResumed?, written?, removed?,
checksum?, collections?: { collection: { records, checksum } } }; refused: { refused: [{ reason, message }] }`,
};

const options = [
  new Option('--from <address>', 'else SEKISHO_COPY_FROM, else store.url of the configuration'),
  new Option('--to <address>', 'else SEKISHO_COPY_TO'),
];

export const addStoreCopy = (parent: Command, run: Run): Command =>
  addChangingVerb<CopyOptions>(parent, run, words, copyStores, options);

async function copyStores(call: Call<CopyOptions>): Promise<Report> {
  const { mongo } = configOf(call).store;
  const { from, to } = copyAddresses(call);
  // Only here: other verbs need not load what every record of ours is.
  const { everyCollection: collections } = await import('../ground.ts');
  const clock = call.edges.clock ?? systemClock;
  const open = (url: string, make: boolean) => openContents({ url, mongo, collections, clock, make });
  return withOpened(await open(from, false), async (source) => {
    const nodes = source.isAlone ? [] : await nodesAt(source, clock);
    if (nodes.length > 0) return running(call, source, nodes);
    const means = { call, source, collections, liveAt: clock.now(), isTrace };
    const found = await open(to, false);
    if (found.kind === 'refused' && found.fault === 'in_use' && found.name === source.name)
      return withheld(source, found, 'same_store');
    if (found.kind === 'opened' || found.fault !== 'absent')
      return withOpened(found, async (target) => goOn(means, target, await judgeCopying({ ...means, target })));
    // A file is made only where a copy into it may begin.
    const judgement = await judgeCopying({ ...means, target: undefined });
    if (judgement.kind !== 'may_begin' || call.isDryRun) return foretold(call, source, found, judgement);
    return withOpened(await open(to, true), (target) => goOn(means, target, judgement));
  });
}

async function withOpened(opened: OpenedContents, act: (contents: StoreContents) => Promise<Report>): Promise<Report> {
  if (opened.kind === 'refused') return unopened(opened);
  try {
    return await act(opened.contents);
  } finally {
    await opened.contents.close();
  }
}

interface Means {
  readonly call: Call<CopyOptions>;
  readonly source: StoreContents;
  readonly collections: readonly AnyCollection[];
  readonly liveAt: Instant;
}

async function goOn(means: Means, target: StoreContents, judgement: CopyJudgement): Promise<Report> {
  const { call, source } = means;
  if (judgement.kind !== 'may_begin' || call.isDryRun) return foretold(call, source, target, judgement);
  const { terminal, isJson, edges } = call;
  const { records, left, mark } = judgement;
  if (!isJson) terminal.err(`${mark === undefined ? 'Copying' : 'Going on with'} ${source.name} → ${target.name} …\n`);
  // What is there already is compared; then all of it is copied, and read back.
  const bar = progressBar(terminal, left + 2 * records, 'records copied and read back');
  let passed = 0;
  try {
    const run = (edges.ids ?? systemIds).id();
    const count = () => {
      passed += 1;
      bar.reach(passed);
    };
    const copying = { ...means, target, run, trace: traceOf(means, target), passed: count };
    return copyReport(call, source, target, await copyContents(copying, mark));
  } catch (error) {
    // A disk that is full, a set without a primary for too long: nothing is lost by it.
    if (!isDomainError(error, 'store.unavailable')) throw error;
    return brokenOff(target, error);
  } finally {
    bar.end();
  }
}

/** Told in the new store's audit trail: what came before lies in another place, which may still be there. */
function traceOf({ call, source, liveAt }: Means, target: StoreContents) {
  const ids = call.edges.ids ?? systemIds;
  return (seals: Seals) => {
    const digest = wholeChecksum(seals);
    const facts = { type: 'store.copied', from: source.engine, to: target.engine, digest } as const;
    const event = unsealedEvent({ ids }, { id: ids.id(), at: liveAt, actor: call.actor, facts });
    return { collection: auditEvents, record: { ...event, version: 1 } };
  };
}

/** Only what a copy adds may make a store more than what it was copied from. */
const isTrace = ({ name }: AnyCollection, record: AnyRecord): boolean =>
  name === auditEvents.name && (record as Stored<AuditEvent>).type === 'store.copied';
