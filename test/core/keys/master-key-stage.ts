/** An installation whose master key turns: a store, a folder of keys, things sealed, and processes that come and go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemIds } from '../../../src/base/ids.ts';
import { keyDirectory } from '../../../src/core/keys/key-directory.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { followUse } from '../../../src/core/keys/master-key-use.ts';
import { loadMasterKey, type MasterKeys } from '../../../src/core/keys/master-keys.ts';
import { keyRing, openRing, type RingKey, readKeys, readRing } from '../../../src/core/keys/ring.ts';
import { sealedKeys } from '../../../src/core/keys/sealed-keys.ts';
import {
  type MasterKeyTurn,
  makeNext,
  putInForce,
  resealAll,
  retireLeft,
  stageOf,
} from '../../../src/core/keys/turn-master-key.ts';
import { type Notice, notices } from '../../../src/core/notices/notice.ts';
import { planNotices } from '../../../src/core/notices/plan.ts';
import { openContent } from '../../../src/core/notices/sealed-content.ts';
import { sealedNotices } from '../../../src/core/notices/sealed-notices.ts';
import type { World } from '../../../src/core/world.ts';
import { insert, type Stored } from '../../../src/store/port.ts';
import { type Fresh, openWorld, sampleTurning } from '../fresh-world.ts';
import { mailTo } from '../notices/outbox-stage.ts';

export const oldBytes = Buffer.alloc(32, 7);
export const oldId = masterKeyOf(oldBytes).id;
export const actor = { kind: 'operator', id: 'test' } as const;
const places = [sealedKeys, sealedNotices];

let records: Promise<readonly RingKey[]> | undefined;

/** Made once: pairs take their time, and nothing here is about them. */
export const sampleRing = (): Promise<readonly RingKey[]> => {
  records ??= openWorld().then(async ({ world }) => {
    await openRing(world, sampleTurning(masterKeyOf(oldBytes)));
    return (await readKeys(world.store)).map(({ version: _version, ...key }) => key);
  });
  return records;
};

export class MasterKeyStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'sekisho-master-'));
  readonly fresh: Fresh;

  private constructor(fresh: Fresh) {
    this.fresh = fresh;
  }

  /** A ring and some mails that are owed, under the old key. */
  static async open(owed = 3): Promise<MasterKeyStage> {
    const stage = new MasterKeyStage(await openWorld());
    const { world } = stage.fresh;
    keyDirectory(stage.folder).begin(oldBytes);
    await world.store.commit((await sampleRing()).map((key) => insert(keyRing, key)));
    await stage.owe(masterKeyOf(oldBytes), ...Array.from({ length: owed }, (_, i) => `a${i}@example.jp`));
    return stage;
  }

  async owe(key: Parameters<typeof planNotices>[1], ...to: readonly string[]): Promise<void> {
    const { world } = this.fresh;
    await world.store.commit(
      await planNotices(
        world,
        key,
        to.map((address) => mailTo(address)),
      ),
    );
  }

  /** A process as it starts: it knows what lies in the folder, and what the store says. */
  async start(world: World = this.fresh.world, folder = this.folder): Promise<MasterKeys> {
    const keys = loadMasterKey(folder, systemIds);
    await followUse(world, keys);
    await readRing(world, keys);
    return keys;
  }

  turnOf = (masterKey: MasterKeys, world: World = this.fresh.world): MasterKeyTurn => ({
    world,
    masterKey,
    places,
    actor,
  });

  async notices(): Promise<readonly Stored<Notice>[]> {
    return (await this.fresh.world.store.find(notices, { index: 'byTime', limit: 1000 })).records;
  }

  /** To whom each mail goes that can be opened. */
  async addresses(keys: MasterKeys): Promise<readonly string[]> {
    return (await this.notices()).map((notice) => (openContent(keys, notice).content as { to: string }).to).sort();
  }

  async close(): Promise<void> {
    await this.fresh.world.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** As the command goes on from wherever the turn has come to. */
export async function turnToEnd(turn: MasterKeyTurn): Promise<void> {
  const stage = await stageOf(turn);
  if (stage.kind === 'resting') await makeNext(turn);
  if (stage.kind === 'resting' || stage.kind === 'made') await putInForce(turn);
  await resealAll(turn);
  await retireLeft(turn);
}
