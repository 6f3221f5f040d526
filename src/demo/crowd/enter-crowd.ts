/**
 * Writes a crowd into an empty store, in large commits that overlap: while one is on its way to the disk, the next is
 * made. Each commit carries one audit event that says how many it entered; a million events would tell no more.
 */
import { digestOf } from '../../base/digest.ts';
import { type Actor, auditWrite } from '../../core/audit/event.ts';
import { connections } from '../../core/connections/connection.ts';
import { credentials, passwordId } from '../../core/credentials/credential.ts';
import type { PasswordPreset } from '../../core/credentials/password-rule.ts';
import { accounts } from '../../core/people/account.ts';
import { people } from '../../core/people/person.ts';
import type { World } from '../../core/world.ts';
import { insert, type Write } from '../../store/port.ts';
import { type CrowdUnit, crowdConnection } from './connections.ts';
import { type Campus, crowdPerson } from './people.ts';

export interface CrowdWishes {
  readonly seed: string;
  readonly accounts: number;
  readonly connections: number;
  readonly campus: Campus;
  readonly units: readonly [CrowdUnit, ...CrowdUnit[]];
  /** Of the one password that all have, and the rule under which it was made. */
  readonly hash: string;
  readonly preset: PasswordPreset;
}

/** Records of one commit: enough that the sync does not count, few enough that logins beside it do not wait long. */
const perCommit = 500;

/** `onProgress` hears how many accounts and connections lie in the store. */
export async function enterCrowd(
  world: World,
  actor: Actor,
  wishes: CrowdWishes,
  onProgress: (entered: number) => void,
): Promise<void> {
  const steps = [
    ...stepsOf(wishes.accounts, (index) => personWrites(world, wishes, index), { world, actor, what: 'accounts' }),
    ...stepsOf(wishes.connections, (index) => [connectionWrite(world, wishes, index)], {
      world,
      actor,
      what: 'connections',
    }),
  ];
  let entered = 0;
  let written: Promise<void> = Promise.resolve();
  for (const { count, write } of steps) {
    const commit = write();
    // Told of by the round that waits for it; when the one before it fails, nobody does.
    commit.catch(() => undefined);
    await written;
    written = commit.then(() => {
      entered += count;
      onProgress(entered);
    });
  }
  await written;
}

interface CrowdStep {
  readonly count: number;
  write(): Promise<void>;
}

function stepsOf(
  total: number,
  writesOf: (index: number) => readonly Write[],
  { world, actor, what }: { world: World; actor: Actor; what: 'accounts' | 'connections' },
): readonly CrowdStep[] {
  return Array.from({ length: Math.ceil(total / perCommit) }, (_, step) => {
    const first = step * perCommit;
    const count = Math.min(perCommit, total - first);
    const write = () =>
      world.store.commit([
        ...Array.from({ length: count }, (_each, offset) => writesOf(first + offset)).flat(),
        auditWrite(world, actor, { type: 'demo.entered', what, count }),
      ]);
    return { count, write };
  });
}

function personWrites(world: World, wishes: CrowdWishes, index: number): readonly Write[] {
  const { campus, seed, hash, preset } = wishes;
  const made = crowdPerson(campus, seed, index, world.clock.now());
  const personId = world.ids.id();
  const id = world.ids.id();
  const setAt = made.account.createdAt;
  return [
    insert(people, { ...made.person, id: personId }),
    insert(accounts, { ...made.account, id, personId }),
    insert(credentials, {
      id: passwordId(id),
      accountId: id,
      kind: 'password',
      hash,
      preset,
      setAt,
      edition: world.ids.id(),
    }),
  ];
}

const connectionWrite = (world: World, { units, seed }: CrowdWishes, index: number): Write =>
  insert(connections, crowdConnection(units, seed, index, world.clock.now(), digestOf(world.ids.token())));
