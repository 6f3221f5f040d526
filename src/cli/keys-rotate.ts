/** `keys rotate`: what the calendar asks for now; in an emergency, every key that turns is replaced at once. */
import { type Command, Option } from 'commander';
import { keysAt, nextSerial, placesOf, planRotation, type RotationStep } from '../core/keys/plan-rotation.ts';
import { type RingKey, readKeys } from '../core/keys/ring.ts';
import { turnRing, turnRingNow } from '../core/keys/turn-ring.ts';
import type { World } from '../core/world.ts';
import type { Ground } from '../ground.ts';
import { confirm } from './confirm.ts';
import { localeOf } from './locale.ts';
import { nextTurn } from './next-turn.ts';
import { done, type Report } from './report.ts';
import { isoTime, shownTime } from './shown-time.ts';
import { addChangingVerb, type Call, onGround, type Run } from './verb.ts';

const words = {
  usage: 'rotate',
  summary: 'turn the keys that are due; with --emergency, replace them all at once',
  more: `Nodes that run take the new keys by themselves, within seconds. --emergency is for a key that somebody else may know:
what the old keys signed is refused from then on. It asks first.`,
  json: `{ steps: [{ kind: "make", use, algorithm, serial } | { kind: "activate", id, retiring } | { kind: "drop", id }],
next? (when nothing was due) }; in an emergency { replaced: [{ use, algorithm, serial, dropped: [id] }] }`,
};

const options = [
  new Option('--emergency', 'replace every key that signs tokens or cookies now'),
  new Option('--yes', 'do not ask before an emergency rotation'),
];

interface RotateOptions {
  readonly emergency?: boolean;
  readonly yes?: boolean;
}

const consequence = [
  'Every key that signs tokens or cookies is replaced now, and the old ones are gone:',
  '- tokens and logins under way are refused; people may have to sign in again;',
  '- services refuse new tokens until they fetch the keys again, which most do by themselves;',
  '- it cannot be taken back. Other keys (subjects, audit) stay as they are.',
];

export const addKeysRotate = (parent: Command, run: Run): Command =>
  addChangingVerb<RotateOptions>(
    parent,
    run,
    words,
    async (call) => {
      const { emergency = false, yes = false } = call.options;
      // Before the store is opened: nobody waits for a person with a file in hand.
      if (emergency && !yes && !call.isDryRun) await confirm(call.terminal, consequence, 'rotate');
      return onGround(call, (world, ground) =>
        emergency ? replaceAll(call, world, ground) : followCalendar(call, world, ground),
      );
    },
    options,
  );

async function followCalendar(call: Call<object>, world: World, { masterKey, config }: Ground): Promise<Report> {
  const rule = config.keys.rotation;
  const keys = await readKeys(world.store);
  const steps = planRotation(keys, rule, world.clock.now());
  if (steps.length > 0) {
    await turnRing(world, masterKey, rule, call.actor);
    return done(steps.map(stepSentence), { steps });
  }
  const turns = keys.flatMap((key) => nextTurn(key, keys, rule)?.at ?? []);
  if (turns.length === 0) return done(['Nothing is due.'], { steps });
  const next = Math.min(...turns);
  const shown = shownTime(next, localeOf(call.terminal.environment));
  return done([`Nothing is due before ${shown}.`], { steps, next: isoTime(next) });
}

function stepSentence(step: RotationStep): string {
  switch (step.kind) {
    case 'make':
      return `${step.use} ${step.algorithm} ${step.serial}: made, and published from now on.`;
    case 'activate':
      return `${step.id}: signs from now on; ${step.retiring} is published until what it signed has expired.`;
    case 'drop':
      return `${step.id}: gone.`;
  }
}

async function replaceAll(call: Call<object>, world: World, { masterKey }: Ground): Promise<Report> {
  const replaced = replacements(await readKeys(world.store));
  await turnRingNow(world, masterKey, call.actor);
  const sentences = replaced.map(
    ({ use, algorithm, serial, dropped }) =>
      `${use} ${algorithm} ${serial}: signs from now on; gone: ${dropped.join(', ')}.`,
  );
  return done(call.isDryRun ? [...consequence, '', ...sentences] : sentences, { replaced });
}

const replacements = (keys: readonly RingKey[]) =>
  placesOf(keys).map((place) => {
    const here = keysAt(keys, place);
    const dropped = here.filter(({ state }) => state !== 'gone').map(({ id }) => id);
    return { ...place, serial: nextSerial(here), dropped };
  });
