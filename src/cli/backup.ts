/** `backup`: one moment of the store in one file, while the server runs; checked before it gets its name. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { systemIds } from '../base/ids.ts';
import type { MasterKeys } from '../core/keys/master-keys.ts';
import type { Draft } from '../store/files.ts';
import { byteSize } from './byte-size.ts';
import { copyCollections, copyReasons, judgeCopy, type SoundCopy } from './judge-copy.ts';
import { digestOfFile, linesOfRecord, recordCopy } from './record-copy.ts';
import { done, type Report } from './report.ts';
import { isoTime, readerOf, shownTime } from './shown-time.ts';
import { copyRefusal, refusal, storeInFiles } from './store-in-files.ts';
import { addVerb, type Call, configOf, type Run } from './verb.ts';

const words = {
  usage: 'backup <file>',
  summary: 'copy the store into a file, while the server runs',
  more: `Everything is in it but the master key and the configuration; back those up apart from it. The copy is read to its end and
its keys are opened before the file gets its name. A file that is there is never overwritten.`,
  json: '{ file, digest, isRecorded, bytes, records: { collection: count }, newestEvent?, masterKey: { file, id }, masterKeys: [id] }; refused: { refused: [{ reason, message }] }',
};

export const addBackup = (parent: Command, run: Run): Command => addVerb(parent, run, words, backUp);

/** Which configuration it is about. */
type Chosen = { readonly config?: string };

async function backUp(call: Call<Chosen>): Promise<Report> {
  const { terminal, edges, isJson } = call;
  const config = configOf(call);
  const clock = edges.clock ?? systemClock;
  const say = (line: string): void => (isJson ? undefined : terminal.err(`${line}\n`));
  const to = resolve(terminal.folder, call.args[0] ?? '');
  if (existsSync(to)) return alreadyThere(to);
  const stood = await storeInFiles(config);
  if (!stood.ok) return stood.report;
  const { files, masterKey } = stood;
  const reading = { collections: copyCollections, clock };
  const present = files.openStore(reading);
  if (present.kind === 'refused') {
    return refusal(present.fault, `${files.path} cannot be backed up: ${copyReasons[present.fault]}.`);
  }
  const { bytes, waitingBytes, isLayoutPresent } = present.file;
  present.file.close();
  say(`Copying ${files.path} (${byteSize(bytes + waitingBytes)}) …`);
  let draft: Draft | undefined;
  try {
    draft = files.copy(to, (edges.ids ?? systemIds).id());
    say('Checking the copy …');
    const judged = await judgeCopy(files.openCopy(draft.path, reading), masterKey, clock);
    if (judged.kind === 'unfit') {
      const sentence = `No backup was made. The copy cannot be relied on: ${copyReasons[judged.reason]}.`;
      return refusal(judged.reason, sentence, judged.details);
    }
    if (draft.keepAs(to) === 'exists') return alreadyThere(to);
    const keys = judged.masterKeys.map((id) => ({ file: fileOf(masterKey, id), id }));
    const digest = await digestOfFile(to);
    // To write into a store of an older version is to bring it up to date, which a backup must not do.
    const isRecorded = isLayoutPresent && (await recordCopy(call, 'store.backed_up', digest));
    const lines = [...linesOf(to, judged, keys, call), ...linesOfRecord(digest, isRecorded || !isLayoutPresent)];
    return done(lines, { file: to, digest, isRecorded, ...jsonOf(judged), masterKey: keys[0] });
  } catch (error) {
    return copyRefusal(error, to);
  } finally {
    draft?.discard();
  }
}

const alreadyThere = (file: string): Report => refusal('exists', `${file} is there already; it was left as it is.`);

const fileOf = ({ directory }: MasterKeys, id: string): string =>
  resolve(directory.files().find(({ key }) => key.id === id)?.path ?? directory.path);

const linesOf = (
  file: string,
  copy: SoundCopy,
  keys: readonly { readonly file: string }[],
  call: Call<Chosen>,
): readonly string[] => [
  `${file}: ${contentsOf(copy, call)}. Whole, and its keys open with the present master key.`,
  `The master key is not in it. Keep a copy of ${keys.map((key) => key.file).join(', ')} and of the configuration apart from it: without the`,
  'master key nobody can go on from this file, and with both anybody can.',
];

/** `12 MB, 1,204 people, …, last event 10 April 2026 17:00` */
export function contentsOf({ bytes, records, newestEvent }: SoundCopy, call: Call<Chosen>): string {
  const counts = ['people', 'accounts', 'connections'].map((name) => `${records[name] ?? 0} ${name}`);
  const last =
    newestEvent === undefined
      ? []
      : [`last event ${shownTime(newestEvent, readerOf(call.terminal.environment, configOf(call)))}`];
  return [byteSize(bytes), ...counts, `${records.audit ?? 0} audit events`, ...last].join(', ');
}

export const jsonOf = ({ bytes, records, newestEvent, masterKeys }: SoundCopy) => ({
  bytes,
  records,
  masterKeys,
  ...(newestEvent === undefined ? {} : { newestEvent: isoTime(newestEvent) }),
});
