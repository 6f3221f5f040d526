/** Carries a rotation out: on its calendar, or at once because a key may be known to somebody. */
import { insert, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import { pinnedKeys } from '../connections/pinned-keys.ts';
import type { World } from '../world.ts';
import { keysAt, nextSerial, placesOf, planRotation, type RotationRules, type TurningUse } from './plan-rotation.ts';
import { type ForgeMeans, keyRing, makeKey, type RingKey, type RingState, readKeys } from './ring.ts';

export interface TurnMeans extends ForgeMeans {
  readonly rules: RotationRules;
}

/**
 * What the calendar asks for now.
 * @returns how many keys changed their state.
 * @throws DomainError `store.conflict`, `store.duplicate` when another node was first; it has then done the same.
 */
export async function turnRing(world: World, means: TurnMeans, actor: Actor): Promise<number> {
  const keys = await readKeys(world.store);
  const steps = planRotation(keys, means.rules, world.clock.now(), await pinnedKeys(world, keys));
  const byId = new Map(keys.map((key) => [key.id, key]));
  const writes: Write[] = [];
  for (const step of steps) {
    if (step.kind === 'make') writes.push(...made(world, actor, await makeKey(world, means, step, 'next')));
    if (step.kind === 'activate') {
      writes.push(...moved(world, actor, byId.get(step.retiring), 'retiring'));
      writes.push(...moved(world, actor, byId.get(step.id), 'active'));
    }
    if (step.kind === 'drop') writes.push(...dropped(world, actor, byId.get(step.id)));
  }
  if (writes.length > 0) await world.store.commit(writes);
  return steps.length;
}

/**
 * Every key of these uses is replaced at once by one that nobody has seen, and is gone: what it signed is refused from the
 * next moment on. People log in again; services fetch the keys again when they meet one they do not know, and those that
 * speak SAML refuse every login until they have the new metadata. A key that a connection pins is no exception.
 */
export async function turnRingNow(
  world: World,
  means: ForgeMeans,
  actor: Actor,
  uses: readonly TurningUse[],
): Promise<number> {
  const keys = (await readKeys(world.store)).filter(({ use }) => (uses as readonly string[]).includes(use));
  const writes: Write[] = [];
  for (const place of placesOf(keys)) {
    const here = keysAt(keys, place) as readonly Stored<RingKey>[];
    const key = await makeKey(world, means, { ...place, serial: nextSerial(here) }, 'active');
    writes.push(...here.filter(({ state }) => state !== 'gone').flatMap((old) => dropped(world, actor, old)));
    writes.push(...made(world, actor, key));
  }
  await world.store.commit(writes);
  return placesOf(keys).length;
}

const made = (world: World, actor: Actor, key: RingKey): readonly Write[] => [
  insert(keyRing, key),
  auditWrite(world, actor, { type: 'key.moved', keyId: key.id, state: key.state }),
];

function moved(world: World, actor: Actor, key: Stored<RingKey> | undefined, state: RingState): readonly Write[] {
  if (!key) return [];
  return [
    replace(keyRing, { ...key, state, since: world.clock.now() }),
    auditWrite(world, actor, { type: 'key.moved', keyId: key.id, state }),
  ];
}

/** The private part goes with the state: what is not there cannot be stolen. The record stays, so that no id returns. */
function dropped(world: World, actor: Actor, key: Stored<RingKey> | undefined): readonly Write[] {
  if (!key) return [];
  return [
    replace(keyRing, { ...key, state: 'gone', since: world.clock.now(), sealed: '' }),
    auditWrite(world, actor, { type: 'key.moved', keyId: key.id, state: 'gone' }),
  ];
}
