/** A turn of the master key that ends at any point, by a failure or by SIGKILL, goes on when it is asked for again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import type { KeyDirectory } from '../../../src/core/keys/key-directory.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { followUse, masterKeyUses } from '../../../src/core/keys/master-key-use.ts';
import { loadMasterKey, type MasterKeys } from '../../../src/core/keys/master-keys.ts';
import { keyRing, readRing } from '../../../src/core/keys/ring.ts';
import { sealedKeys } from '../../../src/core/keys/sealed-keys.ts';
import { countUnder, stageOf } from '../../../src/core/keys/turn-master-key.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { planNotices } from '../../../src/core/notices/plan.ts';
import { sealedNotices } from '../../../src/core/notices/sealed-notices.ts';
import type { World } from '../../../src/core/world.ts';
import { openStore } from '../../../src/store/open.ts';
import { insert } from '../../../src/store/port.ts';
import { temporaryFiles } from '../../store/sqlite/temporary-file.ts';
import { mailTo } from '../notices/outbox-stage.ts';
import { actor, MasterKeyStage, oldBytes, oldId, sampleRing, turnToEnd } from './master-key-stage.ts';

class Killed extends Error {}

/** Lets so many acts through, commits and changes of the folder alike; the one after them is its last. */
class Fate {
  readonly #dieAfter: number;
  readonly #isLastDone: boolean;
  count = 0;

  constructor(dieAfter: number, isLastDone: boolean) {
    this.#dieAfter = dieAfter;
    this.#isLastDone = isLastDone;
  }

  /** Throws before the act, or after it. Once dead, nothing is done any more. */
  act<T>(act: () => T): T {
    this.count += 1;
    if (this.count < this.#dieAfter) return act();
    if (this.count > this.#dieAfter || !this.#isLastDone) throw new Killed();
    const done = act();
    if (done instanceof Promise) return done.then(() => Promise.reject(new Killed())) as T;
    throw new Killed();
  }
}

function doomedWorld({ store, clock, ids }: World, fate: Fate): World {
  const doomed = Object.create(store) as World['store'];
  doomed.commit = async (writes) => fate.act(() => store.commit(writes));
  doomed.get = (collection, id) => store.get(collection, id);
  doomed.find = (collection, query) => store.find(collection, query);
  return { store: doomed, clock, ids };
}

function doomedKeys(keys: MasterKeys, fate: Fate): MasterKeys {
  const { directory } = keys;
  const doomed: KeyDirectory = {
    ...directory,
    draft: (bytes) => fate.act(() => directory.draft(bytes)),
    publish: (id) => fate.act(() => directory.publish(id)),
    retire: (id) => fate.act(() => directory.retire(id)),
    discardDrafts: () => fate.act(() => directory.discardDrafts()),
  };
  return Object.defineProperty(keys, 'directory', { value: doomed });
}

/** Answers how many acts there were, and whether the turn came to its end. */
async function turnUntil(stage: MasterKeyStage, fate: Fate): Promise<boolean> {
  const { world } = stage.fresh;
  const keys = doomedKeys(await stage.start(), fate);
  try {
    await turnToEnd(stage.turnOf(keys, doomedWorld(world, fate)));
    return true;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return false;
  }
}

describe('a turn of the master key', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    'goes on when it died %s any one of its acts, and the installation works meanwhile',
    async (_, isLastDone) => {
      let points = 0;
      for (let dieAfter = 1, isWhole = false; !isWhole; dieAfter += 1) {
        const stage = await MasterKeyStage.open();
        isWhole = await turnUntil(stage, new Fate(dieAfter, isLastDone));
        if (!isWhole) points += 1;
        // A process that starts now opens everything, and what it seals is opened by the next.
        await stage.owe(await stage.start(), 'between@example.jp');
        const keys = await stage.start();
        const turn = stage.turnOf(keys);
        expect(await stage.addresses(keys)).toHaveLength(4);
        if ((await stageOf(turn)).kind !== 'resting' || keys.id === oldId) await turnToEnd(turn);
        expect(await stageOf(turn)).toEqual({ kind: 'resting' });
        expect(await countUnder(turn, oldId)).toEqual({});
        const names = readdirSync(stage.folder).sort();
        expect(names).toEqual([`master-${keys.id}.key`, `master-${oldId}.retired`].sort());
        expect(await stage.addresses(await stage.start())).toHaveLength(4);
        await stage.close();
      }
      // Draft, record, file; in force; nine keys and three mails; retired, record, cleared away.
      expect(points).toBeGreaterThanOrEqual(18);
    },
    60_000,
  );
});

const program = fileURLToPath(new URL('./turning-process.ts', import.meta.url));

/** Answers whether it came to its end. */
async function runTurn(path: string, folder: string, killAfter: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, path, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let lines = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    lines += 1;
    if (lines === killAfter) child.kill('SIGKILL');
  }
  const [code] = await exited;
  return code === 0;
}

describe('a process that turns the master key', () => {
  const newPath = temporaryFiles();

  it('can be killed again and again, and the last one finishes', async () => {
    const path = newPath();
    const folder = `${path}.keys`;
    const collections = [auditEvents, keyRing, masterKeyUses, notices];
    const store = await openStore({ url: `sqlite:${path}`, collections, clock: systemClock });
    const world = { store, clock: systemClock, ids: systemIds };
    const old = masterKeyOf(oldBytes);
    loadMasterKey(folder, { ...systemIds, bytes: () => oldBytes });
    await store.commit((await sampleRing()).map((key) => insert(keyRing, key)));
    const owed = Array.from({ length: 400 }, (_, i) => mailTo(`a${i}@example.jp`));
    await store.commit(await planNotices(world, old, owed));
    const ends: boolean[] = [];
    for (const killAfter of [1, 2, 3, 5, 8, 20, 40]) {
      ends.push(await runTurn(path, folder, killAfter));
      const keys = loadMasterKey(folder, systemIds);
      await followUse(world, keys);
      expect(await readRing(world, keys)).toHaveLength(10);
    }
    expect(ends.filter((isWhole) => !isWhole).length).toBeGreaterThanOrEqual(4);
    expect(await runTurn(path, folder, Number.POSITIVE_INFINITY)).toBe(true);
    const keys = loadMasterKey(folder, systemIds);
    await followUse(world, keys);
    const turn = { world, masterKey: keys, places: [sealedKeys, sealedNotices], actor };
    expect(await stageOf(turn)).toEqual({ kind: 'resting' });
    expect(await countUnder(turn, keys.id)).toEqual({ keys: 10, notices: 400 });
    expect(readdirSync(folder).sort()).toContain(`master-${oldId}.retired`);
    await store.close();
  }, 60_000);
});
