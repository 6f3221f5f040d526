/** `keys rotate`: what the calendar asks for now; in an emergency, the keys are replaced at once. */
import { type Command, Option } from 'commander';
import { pinnedKeys } from '../core/connections/pinned-keys.ts';
import {
  keysAt,
  nextSerial,
  placesOf,
  planRotation,
  type RotationStep,
  type TurningUse,
  turningUses,
} from '../core/keys/plan-rotation.ts';
import { type RingKey, readKeys } from '../core/keys/ring.ts';
import { turnRing, turnRingNow } from '../core/keys/turn-ring.ts';
import type { World } from '../core/world.ts';
import type { Ground } from '../ground.ts';
import { confirm } from './confirm.ts';
import { nextTurn } from './next-turn.ts';
import { done, type Report } from './report.ts';
import { isoTime, readerOf, shownTime } from './shown-time.ts';
import { UsageError } from './usage-error.ts';
import { addChangingVerb, type Call, onGround, type Run } from './verb.ts';

const words = {
  usage: 'rotate',
  summary: 'turn the keys that are due; with --emergency, replace them all at once',
  more: `Nodes that run take the new keys by themselves, within ten seconds. --emergency is for a key that somebody else may know:
what the old keys signed is refused from then on, at a node that has not noticed yet within those seconds. It asks first.`,
  json: `{ steps: [{ kind: "make", use, algorithm, serial } | { kind: "activate", id, retiring } | { kind: "drop", id }],
next? (when nothing was due) }; in an emergency { replaced: [{ use, algorithm, serial, dropped: [id] }] }`,
};

const options = [
  new Option('--emergency', 'replace every key that signs or seals for services, tokens and cookies now'),
  new Option('--use <use...>', 'in an emergency: the keys of these uses, and no others').choices(turningUses),
  new Option('--yes', 'do not ask before an emergency rotation'),
];

interface RotateOptions {
  readonly config?: string;
  readonly emergency?: boolean;
  readonly use?: readonly TurningUse[];
  readonly yes?: boolean;
}

/** What people and services meet. Total, so that a new use cannot be forgotten here. */
const consequences: Readonly<Record<TurningUse, readonly string[]>> = {
  'token-signing': [
    '- token-signing: tokens that are out are refused; services refuse new ones until they fetch the keys again, which most do by themselves;',
  ],
  'cookie-signing': ['- cookie-signing: logins under way begin again; people may have to sign in again;'],
  'token-sealing': ['- token-sealing: access tokens and codes that are out are refused; services ask for new ones;'],
  'saml-signing': [
    '- saml-signing: every SAML service refuses every login until it has the new metadata. Those that do not fetch it by',
    '  themselves (Microsoft 365, and wherever a certificate was pasted) must be given it: `sekisho keys certificate`.',
    '  Keys that connections pin are no exception;',
  ],
};

const consequenceOf = (uses: readonly TurningUse[]): readonly string[] => [
  `Every key for ${uses.join(', ')} is replaced now, and the old ones are gone:`,
  ...uses.flatMap((use) => consequences[use]),
  '- nodes that run notice within ten seconds; until then they sign with the old keys and take what they signed;',
  '- it cannot be taken back. Other keys stay as they are.',
];

export const addKeysRotate = (parent: Command, run: Run): Command =>
  addChangingVerb<RotateOptions>(
    parent,
    run,
    words,
    async (call) => {
      const { emergency = false, yes = false, use: uses = turningUses } = call.options;
      if (call.options.use && !emergency)
        throw new UsageError('--use is for an --emergency: the calendar knows no favourites.');
      // Before the store is opened: nobody waits for a person with a file in hand.
      if (emergency && !yes && !call.isDryRun) await confirm(call.terminal, consequenceOf(uses), 'rotate');
      return onGround(call, (world, ground) =>
        emergency ? replaceAll(call, world, ground, uses) : followCalendar(call, world, ground),
      );
    },
    options,
  );

async function followCalendar(call: Call<object>, world: World, { turning, config }: Ground): Promise<Report> {
  const { rules } = turning;
  const keys = await readKeys(world.store);
  const pinned = await pinnedKeys(world, keys);
  const steps = planRotation(keys, rules, world.clock.now(), pinned);
  if (steps.length > 0) {
    await turnRing(world, turning, call.actor);
    return done(steps.map(stepSentence), { steps });
  }
  const turns = keys.flatMap((key) => nextTurn(key, keys, { rules, pinned })?.at ?? []);
  if (turns.length === 0) return done(['Nothing is due.'], { steps });
  const next = Math.min(...turns);
  const shown = shownTime(next, readerOf(call.terminal.environment, config));
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

async function replaceAll(
  call: Call<object>,
  world: World,
  { turning }: Ground,
  uses: readonly TurningUse[],
): Promise<Report> {
  const replaced = replacements(await readKeys(world.store)).filter(({ use }) => uses.includes(use));
  await turnRingNow(world, turning, call.actor, uses);
  const sentences = replaced.map(
    ({ use, algorithm, serial, dropped }) =>
      `${use} ${algorithm} ${serial}: in use from now on; gone: ${dropped.join(', ')}.`,
  );
  return done(call.isDryRun ? [...consequenceOf(uses), '', ...sentences] : sentences, { replaced });
}

const replacements = (keys: readonly RingKey[]) =>
  placesOf(keys).map((place) => {
    const here = keysAt(keys, place);
    const dropped = here.filter(({ state }) => state !== 'gone').map(({ id }) => id);
    return { ...place, serial: nextSerial(here), dropped };
  });
