import { copyFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { keyDirectory } from '../../../src/core/keys/key-directory.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { followUse } from '../../../src/core/keys/master-key-use.ts';
import { loadMasterKey } from '../../../src/core/keys/master-keys.ts';
import { readKeys, readRing } from '../../../src/core/keys/ring.ts';
import { isMac, keyIdOf, mac } from '../../../src/core/keys/seal.ts';
import {
  abandonNext,
  countUnder,
  makeNext,
  putInForce,
  resealAll,
  retireLeft,
  stageOf,
  untilNoticed,
} from '../../../src/core/keys/turn-master-key.ts';
import { claimNotice } from '../../../src/core/notices/claim.ts';
import { planSent } from '../../../src/core/notices/settle.ts';
import { MasterKeyStage, oldBytes, oldId, turnToEnd } from './master-key-stage.ts';

let stage: MasterKeyStage;
beforeEach(async () => {
  stage = await MasterKeyStage.open();
});
afterEach(() => stage.close());
const world = () => stage.fresh.world;

describe('the wait until every node has noticed', () => {
  it.each([
    ['is whole where it began just now', 0, 30_000],
    ['is whole where the clock of who began it may be a minute behind', 60_000, 30_000],
    ['is what is left of both', 80_000, 10_000],
    ['is over when even so it must be', 90_000, 0],
    ['is no longer where that clock is ahead', -60_000, 30_000],
  ])('%s', (_what, age, wait) => {
    expect(untilNoticed(1_000_000, 1_000_000 + age)).toBe(wait);
  });
});

describe('a turn of the master key', () => {
  it('leaves nothing sealed under the old key, and everything as it was', async () => {
    const node = await stage.start();
    const ringBefore = (await readRing(world(), node)).map(({ key }) => key);
    await turnToEnd(stage.turnOf(node));
    expect(node.id).not.toBe(oldId);
    const ids = [
      ...(await readKeys(world().store)).map(({ sealed }) => keyIdOf(sealed)),
      ...(await stage.notices()).flatMap(({ content = '', recipient, queue = '' }) => [
        keyIdOf(content),
        keyIdOf(recipient),
        keyIdOf(queue.replace('mail/', '')),
      ]),
    ];
    expect(new Set(ids)).toEqual(new Set([node.id]));
    const restarted = await stage.start();
    expect(restarted.id).toBe(node.id);
    expect(restarted.known(oldId)).toBeUndefined();
    const ringAfter = await readRing(world(), restarted);
    expect(ringAfter.every(({ key }, place) => ringBefore[place]?.equals(key))).toBe(true);
    expect(await stage.addresses(restarted)).toEqual(['a0@example.jp', 'a1@example.jp', 'a2@example.jp']);
  });

  it('keeps both files, for their owner alone, and reads the new one only', async () => {
    const node = await stage.start();
    await turnToEnd(stage.turnOf(node));
    const names = [`master-${node.id}.key`, `master-${oldId}.retired`];
    expect(readdirSync(stage.folder).sort()).toEqual(names.sort());
    for (const name of names) expect(statSync(join(stage.folder, name)).mode & 0o777).toBe(0o600);
  });

  it('is told by the audit trail, step by step', async () => {
    const node = await stage.start();
    await turnToEnd(stage.turnOf(node));
    const told = (await stage.fresh.audited()).filter(({ type }) => type === 'master_key.moved');
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'master_key.moved', masterKeyId: node.id, state: 'made' },
        { type: 'master_key.moved', masterKeyId: node.id, state: 'in force' },
        { type: 'master_key.moved', masterKeyId: oldId, state: 'retired' },
      ]),
    );
    expect(told).toHaveLength(3);
  });

  it('can be done again, each time with a new key', async () => {
    const node = await stage.start();
    const seen = new Set([oldId]);
    for (const _ of [1, 2, 3]) {
      await turnToEnd(stage.turnOf(node));
      expect(seen.has(node.id)).toBe(false);
      seen.add(node.id);
    }
    expect(readdirSync(stage.folder)).toHaveLength(4);
  });

  it('lets one of two that begin at once go on', async () => {
    const [one, two] = [await stage.start(), await stage.start()];
    const ends = await Promise.allSettled([makeNext(stage.turnOf(one)), makeNext(stage.turnOf(two))]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await turnToEnd(stage.turnOf(two));
    expect(readdirSync(stage.folder).sort()).toEqual([`master-${two.id}.key`, `master-${oldId}.retired`].sort());
  });

  it('does not take the old key away while a mail that needs it is being sent, and does not disturb the sending', async () => {
    const node = await stage.start();
    const [notice] = await stage.notices();
    const claimed = notice && (await claimNotice(world(), notice));
    if (!claimed) throw new TypeError('nothing was claimed');
    await turnToEnd(stage.turnOf(node));
    expect(await stageOf(stage.turnOf(node))).toMatchObject({ kind: 'leaving', leaving: oldId });
    expect(await countUnder(stage.turnOf(node), oldId)).toEqual({ notices: 1 });
    expect(await retireLeft(stage.turnOf(node))).toEqual({ notices: 1 });
    expect(readdirSync(stage.folder)).toContain('master.key');
    await world().store.commit(planSent(world(), claimed));
    expect(await retireLeft(stage.turnOf(node))).toEqual({});
    expect(readdirSync(stage.folder)).not.toContain('master.key');
  });

  it('takes up a mail whose sender is lost', async () => {
    const node = await stage.start();
    const [notice] = await stage.notices();
    if (notice) await claimNotice(world(), notice);
    stage.fresh.clock.advance(3 * 60_000);
    await turnToEnd(stage.turnOf(node));
    expect(await stageOf(stage.turnOf(node))).toEqual({ kind: 'resting' });
  });

  it('can be given up before the new key is in force', async () => {
    const node = await stage.start();
    const next = await makeNext(stage.turnOf(node));
    await abandonNext(stage.turnOf(node));
    expect(await stageOf(stage.turnOf(node))).toEqual({ kind: 'resting' });
    expect((await stage.start()).id).toBe(oldId);
    expect(readdirSync(stage.folder).sort()).toEqual([`master-${next}.retired`, 'master.key'].sort());
    await turnToEnd(stage.turnOf(node));
    expect(node.id).not.toBe(next);
  });
});

describe('other processes, while the master key turns', () => {
  it('seal under the new key as soon as they look, and open both before they do', async () => {
    const [cli, node] = [await stage.start(), await stage.start()];
    await makeNext(stage.turnOf(cli));
    await putInForce(stage.turnOf(cli));
    await stage.owe(cli, 'new@example.jp');
    await stage.owe(node, 'old@example.jp');
    expect(node.id).toBe(oldId);
    expect(await stage.addresses(node)).toHaveLength(5);
    expect(await stage.addresses(cli)).toHaveLength(5);
    await followUse(world(), node);
    expect(node.id).toBe(cli.id);
    await turnToEnd(stage.turnOf(cli));
    expect(await countUnder(stage.turnOf(cli), oldId)).toEqual({});
  });

  it('believe a form that was opened under the old key, for a day after it is gone', async () => {
    const node = await stage.start();
    const token = mac(node, 'form-tokens', 'browser');
    await turnToEnd(stage.turnOf(await stage.start()));
    const isBelieved = async () => {
      await followUse(world(), node);
      return isMac(token, node, 'form-tokens', 'browser');
    };
    expect(await isBelieved()).toBe(true);
    stage.fresh.clock.advance(24 * 3_600_000 - 1);
    expect(await isBelieved()).toBe(true);
    stage.fresh.clock.advance(1);
    expect(await isBelieved()).toBe(false);
  });

  describe('with a folder of their own', () => {
    let other = '';
    beforeEach(async () => {
      other = await mkdtemp(join(tmpdir(), 'sekisho-other-'));
      keyDirectory(other).begin(oldBytes);
    });
    afterEach(() => rm(other, { recursive: true, force: true }));
    const name = (id: string) => `master-${id}.key`;

    it('cannot put a key in force that they do not have', async () => {
      await makeNext(stage.turnOf(await stage.start()));
      const far = await stage.start(world(), other);
      expect(await stageOf(stage.turnOf(far))).toMatchObject({ kind: 'made', isHere: false });
      await expect(putInForce(stage.turnOf(far))).rejects.toMatchObject({ code: 'key.unreadable' });
    });

    it('go on with the key that is brought to them first, and retire their copy of the old one', async () => {
      const near = await stage.start();
      const far = await stage.start(world(), other);
      const next = await makeNext(stage.turnOf(near));
      copyFileSync(join(stage.folder, name(next)), join(other, name(next)));
      await turnToEnd(stage.turnOf(near));
      await followUse(world(), far);
      expect(far.id).toBe(next);
      expect(await readRing(world(), far)).toHaveLength(10);
      expect(await stageOf(stage.turnOf(far))).toEqual({ kind: 'left_over', ids: [oldId] });
      far.directory.retire(oldId);
      expect(await stageOf(stage.turnOf(far))).toEqual({ kind: 'resting' });
    });

    it('say so when it was not brought, keep what they have, and go on when it is there', async () => {
      const near = await stage.start();
      const far = await stage.start(world(), other);
      await turnToEnd(stage.turnOf(near));
      await expect(followUse(world(), far)).rejects.toMatchObject({ facts: { keyId: near.id, lackingIn: other } });
      await expect(readRing(world(), far)).rejects.toMatchObject({ code: 'key.unreadable' });
      await expect(stage.start(world(), other)).rejects.toMatchObject({ code: 'key.unreadable' });
      expect(far.id).toBe(oldId);
      // What it still owes meanwhile is found, and sealed again once the old key is back for it.
      await stage.owe(far, 'late@example.jp');
      expect(await countUnder(stage.turnOf(near), oldId)).toEqual({ notices: 1 });
      copyFileSync(join(stage.folder, name(near.id)), join(other, name(near.id)));
      await followUse(world(), far);
      await resealAll(stage.turnOf(far));
      expect(await countUnder(stage.turnOf(near), oldId)).toEqual({});
      expect(await stage.addresses(near)).toContain('late@example.jp');
    });
  });
});

describe('a folder with several keys, and a store that never changed its own', () => {
  it('takes the key that the ring names', async () => {
    keyDirectory(stage.folder).draft(Buffer.alloc(32, 9));
    const { id } = masterKeyOf(Buffer.alloc(32, 9));
    keyDirectory(stage.folder).publish(id);
    const keys = loadMasterKey(stage.folder, systemIds);
    await followUse(world(), keys);
    expect(keys.id).toBe(oldId);
    keyDirectory(stage.folder).retire(oldId);
    await expect(stage.start()).rejects.toMatchObject({ code: 'key.unreadable', facts: { keyId: oldId } });
  });
});
