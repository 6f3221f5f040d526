/**
 * The master key turns: made → in force → everything sealed again → the old one retired. Each step is one commit, or
 * harmless to repeat, and what is next is read from store and folder each time: a turn that was interrupted anywhere goes on
 * when it is asked for again, also by another process. Two that turn at once meet `store.conflict`.
 */
import { clockDifference, type Instant } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import { type Actor, auditWrite, type MasterKeyState } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type MasterKeyUse, readUse, useWrite } from './master-key-use.ts';
import type { MasterKeys } from './master-keys.ts';
import type { Resealed, SealedPlace } from './sealed-place.ts';

export interface MasterKeyTurn {
  readonly world: World;
  readonly masterKey: MasterKeys;
  readonly places: readonly SealedPlace[];
  readonly actor: Actor;
}

/** What a turn has come to. `left_over`: another node finished it, and this folder still has the old key. */
export type TurnStage =
  | { readonly kind: 'resting' }
  | { readonly kind: 'left_over'; readonly ids: readonly string[] }
  | { readonly kind: 'made'; readonly next: string; readonly isHere: boolean }
  | { readonly kind: 'leaving'; readonly leaving: string; readonly since: Instant };

/** Milliseconds in which every node has noticed that another key is in force, and seals under it. */
const noticedAfter = 30_000;

/** How long to wait until they have. `since` may be the time of another machine, whose clock differs. */
export const untilNoticed = (since: Instant, now: Instant): number =>
  Math.min(noticedAfter, Math.max(0, since + noticedAfter + clockDifference - now));

export async function stageOf({ world, masterKey }: Pick<MasterKeyTurn, 'world' | 'masterKey'>): Promise<TurnStage> {
  const use = await present(world);
  const files = masterKey.directory.files();
  if (use.leaving !== undefined) return { kind: 'leaving', leaving: use.leaving, since: use.since };
  if (use.next !== undefined) {
    const isHere = files.some(({ key }) => key.id === use.next);
    return { kind: 'made', next: use.next, isHere };
  }
  const here = files.flatMap(({ key, state }) => (state === 'usable' ? [key.id] : []));
  const ids = here.filter((id) => use.retired.includes(id));
  return ids.length > 0 ? { kind: 'left_over', ids } : { kind: 'resting' };
}

/** Named in the store before its file is named: a key of which nobody knows is never used. Answers its id. */
export async function makeNext(turn: MasterKeyTurn): Promise<string> {
  const { world, masterKey } = turn;
  const before = await present(world);
  const { id } = masterKey.directory.draft(world.ids.bytes(32));
  await move(turn, before, { ...before, next: id }, [id, 'made']);
  masterKey.directory.publish(id);
  return id;
}

/** Everything is sealed under the next key from now on; the present one goes on opening. */
export async function putInForce(turn: MasterKeyTurn): Promise<void> {
  const { world, masterKey } = turn;
  const before = await present(world);
  const { next, inForce: leaving, ...rest } = before;
  if (next === undefined) throw new DomainError('store.conflict', { masterKey: 'no next' });
  masterKey.directory.publish(next);
  if (!masterKey.named(next)) throw new DomainError('key.unreadable', { keyId: next });
  await move(turn, before, { ...rest, inForce: next, since: world.clock.now(), leaving }, [next, 'in force']);
  masterKey.sealUnder(next);
}

export type ResealedPlaces = Readonly<Record<SealedPlace['name'], Resealed>>;

/** `tell` hears how many of a place were sealed again. */
export async function resealAll(
  { world, masterKey, places }: MasterKeyTurn,
  tell: (place: SealedPlace['name'], count: number) => void = () => {},
): Promise<ResealedPlaces> {
  const ends: [SealedPlace['name'], Resealed][] = [];
  for (const place of places) {
    ends.push([place.name, await place.reseal(world, masterKey, (count) => tell(place.name, count))]);
  }
  return Object.fromEntries(ends) as ResealedPlaces;
}

/** How many of each place lie under a key; places without any are left out. */
export type Needed = Readonly<Partial<Record<SealedPlace['name'], number>>>;

export async function countUnder(
  { world, places }: Pick<MasterKeyTurn, 'world' | 'places'>,
  keyId: string,
): Promise<Needed> {
  const counts = await Promise.all(
    places.map(async ({ name, countUnder }) => [name, await countUnder(world.store, keyId)] as const),
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/**
 * Keeps the file of the key that was left under a name that is not read any more; then says so in the store. The other way
 * round, a process that was killed between would leave a usable key that nobody comes back for.
 * @returns what still lies under it; then nothing was done.
 */
export async function retireLeft(turn: MasterKeyTurn): Promise<Needed> {
  const { world, masterKey } = turn;
  const before = await present(world);
  const { leaving, ...rest } = before;
  if (leaving === undefined) return {};
  const needed = await countUnder(turn, leaving);
  if (Object.keys(needed).length > 0) return needed;
  masterKey.directory.retire(leaving);
  await move(turn, before, { ...rest, retired: [...before.retired, leaving] }, [leaving, 'retired']);
  masterKey.directory.discardDrafts();
  return {};
}

/** Gives up a key that was made and is in force nowhere. */
export async function abandonNext(turn: MasterKeyTurn): Promise<void> {
  const before = await present(turn.world);
  const { next, ...rest } = before;
  if (next === undefined) return;
  turn.masterKey.directory.publish(next);
  turn.masterKey.directory.retire(next);
  await move(turn, before, { ...rest, retired: [...before.retired, next] }, [next, 'abandoned']);
}

/** openGround makes the ring, so that there is always one. */
async function present({ store }: World): Promise<MasterKeyUse> {
  const use = await readUse(store);
  if (!use) throw new Error('the store has no key ring');
  return use;
}

async function move(
  { world, actor }: MasterKeyTurn,
  before: MasterKeyUse,
  after: MasterKeyUse,
  [masterKeyId, state]: readonly [string, MasterKeyState],
): Promise<void> {
  await world.store.commit([
    useWrite(before, after),
    auditWrite(world, actor, { type: 'master_key.moved', masterKeyId, state }),
  ]);
}
