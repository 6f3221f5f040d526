/**
 * `keys rotate-master`: the master key turns while everything goes on. One call does all that can be done safely; what
 * stops it, a kill too, loses nothing: the next call goes on from where it is.
 */
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import {
  abandonNext,
  countUnder,
  type MasterKeyTurn,
  makeNext,
  type Needed,
  putInForce,
  type ResealedPlaces,
  resealAll,
  retireLeft,
  stageOf,
  type TurnStage,
  untilNoticed,
} from '../core/keys/turn-master-key.ts';
import type { Ground } from '../ground.ts';
import { storeFilesOf } from '../store/open.ts';
import { progressBar } from './progress-bar.ts';
import { done, type Report } from './report.ts';
import { refusal } from './store-in-files.ts';
import { addChangingVerb, type Call, onGround, type Run } from './verb.ts';

const words = {
  usage: 'rotate-master',
  summary:
    'seal everything in the store under a new master key, while the server runs; also goes on where it was stopped',
  more: `Makes a key beside the present one, seals everything again, and keeps the file of the old key under another name.
Where several machines use one store it stops after the first step, until every one of them has the new file.`,
  json: `{ stage: "resting" | "made" | "in_force" | "abandoned", masterKey: { id, file }, next?: { id, file }, retired?: [{ id, file }],
resealed?: { keys: { done, unreadable }, notices: { done, unreadable }, factors: { done, unreadable } } };
refused: { refused: [{ reason, message }] }`,
};

const options = [
  new Option(
    '--make-only',
    'make the new key and stop, so that it can be brought to the safe and to other machines first',
  ),
  new Option('--distributed', 'every machine that uses the store has the new key now'),
  new Option('--abandon', 'give up a new key under which nothing is sealed yet'),
];

interface RotateMasterOptions {
  readonly config?: string;
  readonly makeOnly?: boolean;
  readonly distributed?: boolean;
  readonly abandon?: boolean;
}

type RotateCall = Call<RotateMasterOptions>;

export const addKeysRotateMaster = (parent: Command, run: Run): Command =>
  addChangingVerb<RotateMasterOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, ground) => {
        const { masterKey, sealedPlaces: places } = ground;
        const turn = { world, masterKey, places, actor: call.actor };
        const stage = await stageOf(turn);
        if (call.options.abandon) return abandon(call, turn, stage);
        return call.isDryRun ? foretell(turn, stage) : goOn(call, turn, stage, ground);
      }),
    options,
  );

/** From whatever was reached to the next point at which somebody is needed, or to the end. */
async function goOn(call: RotateCall, turn: MasterKeyTurn, stage: TurnStage, ground: Ground): Promise<Report> {
  if (stage.kind === 'left_over') return clearAway(turn, stage.ids);
  if (stage.kind !== 'leaving') {
    if (stage.kind === 'made' && !stage.isHere) return elsewhere(turn, stage.next);
    const next = stage.kind === 'made' ? stage.next : await makeNext(turn);
    const { makeOnly = false, distributed = false } = call.options;
    const isShared = isOnSeveral(ground);
    if (makeOnly || (isShared && !distributed)) return made(turn, next, isShared);
    await putInForce(turn);
  }
  return sealAgain(call, turn, isOnSeveral(ground));
}

/** A store in a file is used by this machine alone. */
const isOnSeveral = ({ config }: Ground): boolean => storeFilesOf(config.store.url) === undefined;

/** What a process sealed late under an old key is reached here too, when an operator has brought the key back. */
async function clearAway(turn: MasterKeyTurn, ids: readonly string[]): Promise<Report> {
  await resealAll(turn);
  for (const id of ids) {
    const needed = await countUnder(turn, id);
    if (Object.keys(needed).length > 0) return stillNeeded(id, needed);
    turn.masterKey.directory.retire(id);
  }
  return done(retiredLines(turn, ids), { ...jsonOf(turn, 'in_force'), retired: ids.map(fileIn(turn)) });
}

/** A claim on a notice that is being sent ends within three minutes. */
const rounds = { most: 50, length: 5_000 };

async function sealAgain(call: RotateCall, turn: MasterKeyTurn, isShared: boolean): Promise<Report> {
  const pause = call.edges.pause ?? ((length) => setTimeout(length));
  const say = (line: string): void => (call.isJson ? undefined : call.terminal.err(`${line}\n`));
  const stage = await stageOf(turn);
  if (stage.kind !== 'leaving') return refusal('changed', 'Somebody else turns the master key at this moment.');
  const { leaving, since } = stage;
  const first = await resealWatched(call, turn, leaving);
  const wait = untilNoticed(since, turn.world.clock.now());
  if (wait > 0) {
    say(`Waiting ${Math.ceil(wait / 1000)} seconds, until every process has noticed …`);
    await pause(wait);
  }
  let needed: Needed = {};
  for (let round = 0; round < rounds.most; round += 1) {
    const again = await resealAll(turn);
    needed = await retireLeft(turn);
    if (Object.keys(needed).length === 0) return finished(turn, leaving, [first, again], isShared);
    await pause(rounds.length);
  }
  return stillNeeded(leaving, needed);
}

async function resealWatched(call: RotateCall, turn: MasterKeyTurn, leaving: string): Promise<ResealedPlaces> {
  const due = await countUnder(turn, leaving);
  const total = Object.values(due).reduce((sum, count) => sum + count, 0);
  const bar = progressBar(call.terminal, total, 'sealed again');
  const reached = new Map<string, number>();
  try {
    return await resealAll(turn, (place, count) => {
      reached.set(place, count);
      bar.reach([...reached.values()].reduce((sum, one) => sum + one, 0));
    });
  } finally {
    bar.end();
  }
}

async function abandon(call: RotateCall, turn: MasterKeyTurn, stage: TurnStage): Promise<Report> {
  if (stage.kind !== 'made') return refusal('nothing_made', 'There is no new key that waits: nothing was changed.');
  if (!call.isDryRun) await abandonNext(turn);
  const line = `Master key ${stage.next} is given up; nothing was sealed under it. ${turn.masterKey.id} stays in force.`;
  return done([line], jsonOf(turn, 'abandoned'));
}

async function foretell(turn: MasterKeyTurn, stage: TurnStage): Promise<Report> {
  const { id } = turn.masterKey;
  const leaving = stage.kind === 'leaving' ? stage.leaving : id;
  const due = shownCounts(await countUnder(turn, leaving));
  const lines: Readonly<Record<TurnStage['kind'], string>> = {
    resting: `Master key ${id} is in force. A new one would be made, and sealed again under it: ${due}.`,
    left_over: 'The files of old keys that lie here still would be renamed.',
    made: `A new master key is made. It would be put in force, and sealed again under it: ${due}.`,
    leaving: `Master key ${id} is in force. To be sealed again before ${leaving} can go: ${due}.`,
  };
  const stages = { resting: 'resting', left_over: 'in_force', made: 'made', leaving: 'in_force' } as const;
  return done([lines[stage.kind]], jsonOf(turn, stages[stage.kind]));
}

function made(turn: MasterKeyTurn, next: string, isShared: boolean): Report {
  const { id, file } = fileIn(turn)(next);
  const again = `sekisho keys rotate-master${isShared ? ' --distributed' : ''}`;
  return done(
    [
      `Master key ${id} is made: ${file}. Nothing is sealed under it yet.`,
      `Copy it to the safe${isShared ? ', and into the key directory of every machine that uses this store' : ''}, mode 0600.`,
      `Then: ${again}`,
    ],
    { ...jsonOf(turn, 'made'), next: { id, file } },
  );
}

const elsewhere = (turn: MasterKeyTurn, next: string): Report =>
  refusal(
    'next_elsewhere',
    `The new master key ${next} was made on another machine and is not in ${turn.masterKey.directory.path}: copy it here, or give it up with --abandon.`,
  );

const stillNeeded = (leaving: string, needed: Needed): Report =>
  refusal(
    'still_needed',
    `Master key ${leaving} is still needed by ${shownCounts(needed)}; its file stays. Run the command again; what it has done stays done.`,
    needed.notices
      ? ['Notices that are being sent are left alone: `sekisho outbox list --state sending` shows them.']
      : [],
  );

function finished(turn: MasterKeyTurn, left: string, ends: readonly ResealedPlaces[], isShared: boolean): Report {
  const sum = (place: keyof ResealedPlaces) => ({
    done: ends.reduce((total, end) => total + end[place].done, 0),
    unreadable: ends.at(-1)?.[place].unreadable ?? 0,
  });
  const resealed = { keys: sum('keys'), notices: sum('notices'), factors: sum('factors') };
  const { id, file } = fileIn(turn)(turn.masterKey.id);
  const lost = resealed.notices.unreadable;
  const dead = resealed.factors.unreadable;
  return done(
    [
      `Master key ${id} is in force. Sealed again under it: ${shownCounts({ keys: resealed.keys.done, notices: resealed.notices.done, factors: resealed.factors.done })}.`,
      ...(lost > 0
        ? [`${lost} notices were sealed under a key that is not here; they stay as they are, and are not sent.`]
        : []),
      ...(dead > 0
        ? [`${dead} authenticator apps were sealed under a key that is not here; their owners cannot log in with them.`]
        : []),
      `Keep a copy of ${file} where you keep the master key: backups from now on open with it.`,
      ...retiredLines(turn, [left]),
      ...(isShared
        ? ['On machines with a key directory of their own: run this command too, it renames the old file.']
        : []),
    ],
    { ...jsonOf(turn, 'in_force'), retired: [fileIn(turn)(left)], resealed },
  );
}

const retiredLines = (turn: MasterKeyTurn, ids: readonly string[]): readonly string[] =>
  ids
    .map(fileIn(turn))
    .flatMap(({ id, file }) => [
      `The old one, ${id}, is not read any more: ${file}. Backups made until now open with it and nothing else:`,
      'move it to where they are kept, and destroy it with the last of them.',
    ]);

const fileIn =
  ({ masterKey }: Pick<MasterKeyTurn, 'masterKey'>) =>
  (id: string) => ({
    id,
    file: resolve(masterKey.directory.files().find(({ key }) => key.id === id)?.path ?? masterKey.directory.path),
  });

const jsonOf = (turn: MasterKeyTurn, stage: string) => ({ stage, masterKey: fileIn(turn)(turn.masterKey.id) });

const shownCounts = ({ keys = 0, notices = 0, factors = 0 }: Needed): string =>
  `${keys} keys, ${notices} notices, ${factors} authenticator apps`;
