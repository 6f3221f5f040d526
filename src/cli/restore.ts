/**
 * `restore`: a backup takes the place of the store. It is checked before anything is touched; what stood there is renamed,
 * never removed; and what must not come back with it is taken out first.
 */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { systemClock } from '../base/clock.ts';
import { systemIds } from '../base/ids.ts';
import type { Draft } from '../store/files.ts';
import { contentsOf, jsonOf } from './backup.ts';
import { copyCollections, copyReasons, judgeCopy, type SoundCopy } from './judge-copy.ts';
import { digestOfFile, linesOfRecord, recordCopy } from './record-copy.ts';
import { done, type Report } from './report.ts';
import { isoTime } from './shown-time.ts';
import { copyRefusal, refusal, storeInFiles } from './store-in-files.ts';
import { addChangingVerb, type Call, configOf, type Run } from './verb.ts';
import { volatileCollections } from './volatile-collections.ts';

const words = {
  usage: 'restore <file>',
  summary: 'put a backup in the place of the store; the server must be stopped',
  more: `Sessions, logins under way, codes and tokens are taken out of it: everybody signs in again. The file itself is left as it
is. With --dry-run everything is checked, also whether the server is stopped.`,
  json: '{ store, from, digest, isRecorded, bytes, records: { collection: count }, masterKeys: [id], newestEvent?, removed: { collection: count }, aside: [file] }; refused: { refused: [{ reason, message }] }',
};

const force = new Option('--force', 'also where there is a store: it is renamed, with the time at the end of its name');

interface RestoreOptions {
  readonly config?: string;
  readonly force?: boolean;
}

export const addRestore = (parent: Command, run: Run): Command =>
  addChangingVerb<RestoreOptions>(parent, run, words, restore, [force]);

async function restore(call: Call<RestoreOptions>): Promise<Report> {
  const { terminal, edges, isJson, isDryRun } = call;
  const clock = edges.clock ?? systemClock;
  const say = (line: string): void => (isJson ? undefined : terminal.err(`${line}\n`));
  const from = resolve(terminal.folder, call.args[0] ?? '');
  const stood = await storeInFiles(configOf(call));
  if (!stood.ok) return stood.report;
  const { files, masterKey } = stood;
  const reading = { collections: copyCollections, clock };
  // Before it is copied: a wrong name should not cost the time of a large file.
  const first = files.openCopy(from, reading);
  if (first.kind === 'refused') return unfit(from, copyReasons[first.fault], first.fault);
  first.file.close();
  const occupancy = files.occupancy();
  if (occupancy === 'in_use') return inUse(files.path);
  if (occupancy === 'occupied' && !call.options.force) {
    const sentence = `There is a store in ${files.path}. With --force it is renamed and kept, and the backup takes its place.`;
    return refusal('occupied', sentence);
  }
  say(`Copying ${from} …`);
  let draft: Draft | undefined;
  try {
    draft = await files.bring(from, (edges.ids ?? systemIds).id());
    say('Checking the copy …');
    const copy = await judgeCopy(files.openCopy(draft.path, reading), masterKey, clock);
    if (copy.kind === 'unfit') return unfit(from, copyReasons[copy.reason], copy.reason, copy.details);
    const removed = Object.fromEntries(volatileCollections.map(({ name }) => [name, copy.records[name] ?? 0]));
    const digest = await digestOfFile(draft.path);
    const facts = { store: files.path, from, digest, ...jsonOf(copy), removed };
    if (isDryRun) return done([`${from} can be restored: ${contentsOf(copy, call)}.`], { ...facts, aside: [] });
    draft.forget(volatileCollections);
    const placed = files.place(draft, stampOf(clock.now()));
    if (placed.kind === 'in_use') return inUse(files.path);
    const isRecorded = await recordCopy(call, 'store.restored', digest);
    const lines = [...linesOf(call, files.path, copy, placed.aside), ...linesOfRecord(digest, isRecorded)];
    return done(lines, { ...facts, aside: placed.aside, isRecorded });
  } catch (error) {
    return copyRefusal(error, files.path);
  } finally {
    draft?.discard();
  }
}

const unfit = (from: string, why: string, reason: string, details: readonly string[] = []): Report =>
  refusal(reason, `${from} cannot be restored: ${why}. Nothing was changed.`, details);

const inUse = (path: string): Report =>
  refusal(
    'in_use',
    `${path} is in use. Stop the server (and other sekisho commands), then restore. Nothing was changed.`,
  );

/** `20260410T080000Z` */
const stampOf = (now: number): string => isoTime(now).replace(/[-:]|\.\d+/g, '');

const linesOf = (call: Call<object>, path: string, copy: SoundCopy, aside: readonly string[]): readonly string[] => [
  `${path} is restored: ${contentsOf(copy, call)}.`,
  ...(aside.length === 0 ? [] : [`What stood there is kept: ${aside.join(', ')}`]),
  'Sessions, logins under way, codes and tokens were taken out: everybody signs in again.',
  '',
  'What happened after that last event is not in it. Before you start the server, think of what must not come undone:',
  '- accounts and connections suspended since: suspend them again;',
  '- passwords set since: the old ones are good again; set those that were changed because somebody knew them;',
  '- an emergency rotation since: the old keys sign again; run `sekisho keys rotate --emergency`;',
  '- mails owed then are sent again on the start, also those that were sent since.',
  'Then run `sekisho doctor`, start the server, and sign in to a service.',
];
