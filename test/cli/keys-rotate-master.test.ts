import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import { readKeys } from '../../src/core/keys/ring.ts';
import { keyIdOf } from '../../src/core/keys/seal.ts';
import { claimNotice } from '../../src/core/notices/claim.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { planNotices } from '../../src/core/notices/plan.ts';
import { insert } from '../../src/store/port.ts';
import { mailTo } from '../core/notices/outbox-stage.ts';
import { heldApp } from '../support/authenticator-app.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine, type Wishes } from './command-line.ts';

const cli = commandLine();
let clock: FakeClock;
let pauses: number[];

beforeEach(async () => {
  clock = new FakeClock();
  pauses = [];
  await cli().onGround(async ({ world, masterKey }) => {
    await world.store.commit([
      ...(await planNotices(world, masterKey, [mailTo('a@example.jp'), mailTo('b@example.jp')])),
      insert(credentials, heldApp(masterKey, 'account-1')),
    ]);
  });
});

const pause = async (length: number): Promise<void> => {
  pauses.push(length);
  clock.advance(length);
};
const wishes = (more: Wishes = {}): Wishes => ({ edges: { clock, pause }, ...more });
const rotate = (...argv: readonly string[]) => cli().sekisho(['keys', 'rotate-master', ...argv], wishes());
const json = (...argv: readonly string[]) => cli().json(['keys', 'rotate-master', ...argv], wishes());
const folder = () => join(cli().folder, 'keys');
const files = () => readdirSync(folder()).sort();
const idOfNew = (): string =>
  files()
    .find((name) => name.endsWith('.key') && name !== 'master.key')
    ?.slice(7, -4) ?? '';
const usedKeys = () =>
  cli().onGround(async ({ world }) => {
    const owed = await world.store.find(notices, { index: 'byTime' });
    const sealed = [
      ...(await readKeys(world.store)).map((key) => key.sealed),
      ...owed.records.map((one) => one.content ?? ''),
      ...(await credentialsOf(world.store, 'account-1')).map((one) => (one.kind === 'totp' ? one.sealedSecret : '')),
    ];
    return [...new Set(sealed.map(keyIdOf))];
  });

describe('keys rotate-master', () => {
  it('does all of it in one call, and says where both keys lie and what they are for', async () => {
    const [old = ''] = await usedKeys();
    const { exitCode, out, err } = await rotate();
    expect(exitCode).toBe(0);
    expect(err).toBe('Waiting 30 seconds, until every process has noticed …\n');
    const id = idOfNew();
    expect(files()).toEqual([`master-${id}.key`, `master-${old}.retired`].sort());
    expect(await usedKeys()).toEqual([id]);
    expect(out).toContain(
      `Master key ${id} is in force. Sealed again under it: 10 keys, 2 notices, 1 authenticator apps.`,
    );
    expect(out).toContain(join(folder(), `master-${old}.retired`));
    expect(out).toContain('Backups made until now open with it and nothing else');
  });

  it('tells programs the same', async () => {
    const [old = ''] = await usedKeys();
    const told = await json();
    const id = idOfNew();
    expect(told).toEqual({
      ok: true,
      stage: 'in_force',
      masterKey: { id, file: join(folder(), `master-${id}.key`) },
      retired: [{ id: old, file: join(folder(), `master-${old}.retired`) }],
      resealed: {
        keys: { done: 10, unreadable: 0 },
        notices: { done: 2, unreadable: 0 },
        factors: { done: 1, unreadable: 0 },
      },
    });
  });

  it('shows how far it is to somebody who watches', async () => {
    const { err } = await cli().sekisho(['keys', 'rotate-master'], wishes({ showsProgress: true }));
    expect(err).toMatch(/0\/13 sealed again/);
    expect(err).toMatch(/Waiting 30 seconds/);
  });

  it('acts under the name of the operator', async () => {
    await rotate();
    const events = await cli().onGround(({ world }) =>
      world.store.find(auditEvents, { index: 'byType', equals: ['master_key.moved'] }),
    );
    expect(events.records.map(({ actor }) => actor.id)).toEqual(['tester', 'tester', 'tester']);
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    const { out } = await rotate('--dry-run');
    expect(out).toMatch(
      /A new one would be made, and sealed again under it: 10 keys, 2 notices, 1 authenticator apps\.\nNothing was changed/,
    );
    expect(files()).toEqual(['master.key']);
  });

  it('stops after the key is made when asked to, and goes on when called again', async () => {
    const [old = ''] = await usedKeys();
    const told = await json('--make-only');
    expect(told).toMatchObject({ stage: 'made', masterKey: { id: old }, next: { id: idOfNew() } });
    expect(await usedKeys()).toEqual([old]);
    expect((await rotate('--dry-run')).out).toContain('A new master key is made.');
    await rotate();
    expect(await usedKeys()).toEqual([(told.next as { id: string }).id]);
  });

  it('gives up a key that was made, but none that is in force', async () => {
    expect(await json('--abandon')).toMatchObject({ ok: false, refused: [{ reason: 'nothing_made' }] });
    await rotate('--make-only');
    const id = idOfNew();
    expect((await rotate('--abandon', '--dry-run')).exitCode).toBe(0);
    expect(idOfNew()).toBe(id);
    expect(await json('--abandon')).toMatchObject({ ok: true, stage: 'abandoned' });
    expect(files()).toEqual([`master-${id}.retired`, 'master.key'].sort());
    expect(await json('--abandon')).toMatchObject({ ok: false });
  });

  it('does not go on where the new key was not brought to', async () => {
    await rotate('--make-only');
    const id = idOfNew();
    renameSync(join(folder(), `master-${id}.key`), join(cli().folder, 'elsewhere'));
    const { exitCode, err } = await rotate();
    expect(exitCode).toBe(1);
    expect(err).toContain(`The new master key ${id} was made on another machine`);
  });

  it('keeps the old key while a mail is being sent, says so, and finishes when called again', async () => {
    await cli().onGround(async ({ world }) => {
      const { records } = await world.store.find(notices, { index: 'byTime' });
      if (records[0]) await claimNotice({ ...world, clock: { now: () => clock.now() + 3_600_000 } }, records[0]);
    });
    const { exitCode, err } = await rotate();
    expect(exitCode).toBe(1);
    expect(err).toMatch(/is still needed by 0 keys, 1 notices, 0 authenticator apps; its file stays/);
    expect(err).toContain('outbox list --state sending');
    expect(files()).toContain('master.key');
    clock.advance(3_700_000);
    expect((await rotate()).exitCode).toBe(0);
    expect(files()).not.toContain('master.key');
  });

  it('waits for a mail that is being sent, as long as sending takes', async () => {
    await cli().onGround(async ({ world }) => {
      const { records } = await world.store.find(notices, { index: 'byTime' });
      if (records[0]) await claimNotice({ ...world, clock }, records[0]);
    });
    expect((await rotate()).exitCode).toBe(0);
    expect(pauses.length).toBeGreaterThan(10);
  });

  it('renames the old file on a machine with a folder of its own, also after something was sealed late', async () => {
    const [old = ''] = await usedKeys();
    await rotate();
    const id = idOfNew();
    renameSync(join(folder(), `master-${old}.retired`), join(folder(), `master-${old}.key`));
    expect((await rotate('--dry-run')).out).toContain('would be renamed');
    const { out } = await rotate();
    expect(out).toContain(`The old one, ${old}, is not read any more`);
    expect(files()).toEqual([`master-${id}.key`, `master-${old}.retired`].sort());
  });
});

describe('backups, and the master key that each needs', () => {
  afterEach(() => rmSync(join(cli().folder, 'monday.db'), { force: true }));

  it('open with the key of their time, and restore says which that is and where', async () => {
    const [old = ''] = await usedKeys();
    expect(await cli().json(['backup', 'monday.db'])).toMatchObject({ masterKeys: [old] });
    await rotate();
    const id = idOfNew();
    expect(await cli().json(['backup', 'tuesday.db'])).toMatchObject({
      masterKey: { id, file: join(folder(), `master-${id}.key`) },
      masterKeys: [id],
    });
    const restore = () => cli().sekisho(['restore', 'monday.db', '--force'], wishes());
    const refused = await restore();
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain(`it needs master key ${old}: that is ${join(folder(), `master-${old}.retired`)}`);
    mkdirSync(join(cli().folder, 'safe'));
    renameSync(join(folder(), `master-${old}.retired`), join(cli().folder, 'safe/old'));
    expect((await restore()).err).toContain(`it needs master key ${old}, which is not in`);
    copyFileSync(join(cli().folder, 'safe/old'), join(folder(), `master-${old}.key`));
    expect((await restore()).exitCode).toBe(0);
    expect(await usedKeys()).toEqual([old]);
    // The key that a later time knew is there still; this store goes on under its own.
    await cli().onGround(async ({ masterKey }) => expect(masterKey.id).toBe(old));
  });

  it('of the time between need both', async () => {
    const [old = ''] = await usedKeys();
    await rotate('--make-only');
    await cli().onGround(async ({ world }) => {
      const { records } = await world.store.find(notices, { index: 'byTime' });
      if (records[0]) await claimNotice({ ...world, clock: { now: () => clock.now() + 3_600_000 } }, records[0]);
    });
    await rotate();
    expect(await cli().json(['backup', 'between.db'])).toMatchObject({ masterKeys: [idOfNew(), old] });
  });
});
