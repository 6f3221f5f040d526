/** `backup`: one moment of the store in one file, while the server runs; checked before it gets its name. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { systemIds } from '../base/ids.ts';
import type { Draft } from '../store/files.ts';
import { byteSize } from './byte-size.ts';
import { copyCollections, copyReasons, judgeCopy, type SoundCopy } from './judge-copy.ts';
import { localeOf } from './locale.ts';
import { masterKeyFile } from './present-master-key.ts';
import { done, type Report } from './report.ts';
import { isoTime, shownTime } from './shown-time.ts';
import { copyRefusal, refusal, storeInFiles } from './store-in-files.ts';
import { addVerb, type Call, configOf, type Run } from './verb.ts';

const words = {
  usage: 'backup <file>',
  summary: 'copy the store into a file, while the server runs',
  more: `Everything is in it but the master key and the configuration; back those up apart from it. The copy is read to its end and
its keys are opened before the file gets its name. A file that is there is never overwritten.`,
  json: '{ file, bytes, records: { collection: count }, newestEvent?, masterKey: { file, id } }; refused: { refused: [{ reason, message }] }',
};

export const addBackup = (parent: Command, run: Run): Command => addVerb(parent, run, words, backUp);

async function backUp(call: Call<{ readonly config?: string }>): Promise<Report> {
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
  const { bytes, waitingBytes } = present.file;
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
    const key = { file: resolve(masterKeyFile(config.keys.directory)), id: masterKey.id };
    return done(linesOf(to, judged, key.file, call), { file: to, ...jsonOf(judged), masterKey: key });
  } catch (error) {
    return copyRefusal(error, to);
  } finally {
    draft?.discard();
  }
}

const alreadyThere = (file: string): Report => refusal('exists', `${file} is there already; it was left as it is.`);

const linesOf = (file: string, copy: SoundCopy, keyFile: string, call: Call<object>): readonly string[] => [
  `${file}: ${contentsOf(copy, call)}. Whole, and its keys open with the present master key.`,
  `The master key is not in it. Keep a copy of ${keyFile} and of the configuration apart from it: without the`,
  'master key nobody can go on from this file, and with both anybody can.',
];

/** `12 MB, 1,204 people, …, last event 10 April 2026 17:00` */
export function contentsOf({ bytes, records, newestEvent }: SoundCopy, { terminal }: Call<object>): string {
  const counts = ['people', 'accounts', 'connections'].map((name) => `${records[name] ?? 0} ${name}`);
  const last =
    newestEvent === undefined ? [] : [`last event ${shownTime(newestEvent, localeOf(terminal.environment))}`];
  return [byteSize(bytes), ...counts, `${records.audit ?? 0} audit events`, ...last].join(', ');
}

export const jsonOf = ({ bytes, records, newestEvent }: SoundCopy) => ({
  bytes,
  records,
  ...(newestEvent === undefined ? {} : { newestEvent: isoTime(newestEvent) }),
});
