import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { judgeCertificates } from '../../../src/cli/doctor/keys.ts';
import { keyRing, readKeys } from '../../../src/core/keys/ring.ts';
import { makeNext, putInForce, resealAll, retireLeft } from '../../../src/core/keys/turn-master-key.ts';
import { claimNotice } from '../../../src/core/notices/claim.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { planNotices } from '../../../src/core/notices/plan.ts';
import type { Ground } from '../../../src/ground.ts';
import { replace } from '../../../src/store/port.ts';
import { mailTo } from '../../core/notices/outbox-stage.ts';
import { at, doctorStage, hour, says } from './doctor-stage.ts';

const { begin, cli, findingsOn, path } = doctorStage();
const actor = { kind: 'operator', id: 'test' } as const;
const turnOf = ({ world, masterKey, sealedPlaces: places }: Ground) => ({ world, masterKey, places, actor });
const files = () => readdirSync(path('keys'));
const idOf = (end: string): string =>
  files()
    .find((name) => /^master-/.test(name) && name.endsWith(end))
    ?.slice(7, 15) ?? '';

/** What it says of the keys, but for where they lie here. */
const findings = async (wishes = {}) =>
  (await findingsOn('keys', wishes)).filter(({ what }) => !what.startsWith('the key directory lies'));

const whole = async (ground: Ground): Promise<void> => {
  const turn = turnOf(ground);
  await makeNext(turn);
  await putInForce(turn);
  await resealAll(turn);
  await retireLeft(turn);
};

describe('doctor on a master key that turns', () => {
  it('notes a new key that waits, and warns where it was not brought to', async () => {
    await begin((ground) => makeNext(turnOf(ground)));
    expect(await findings()).toEqual(says('note', /is made and waits/, /rotate-master/));
    renameSync(path(`keys/master-${idOf('.key')}.key`), path('elsewhere'));
    expect(await findings()).toEqual(says('warning', /the next master key, .*, is not in/, /^Copy master-/));
  });

  it('says nothing while everything is sealed again, and warns when that was left unfinished', async () => {
    await begin(async (ground) => {
      await makeNext(turnOf(ground));
      await putInForce(turnOf(ground));
    });
    expect(await findings()).toEqual([]);
    expect(await findings(at(Date.now() + 2 * hour))).toEqual(
      says('warning', /begun and not finished/, /rotate-master/),
    );
  });

  it('notes the retired key, for as long as it lies there', async () => {
    await begin(whole);
    expect(await findings()).toEqual(says('note', /master-.*\.retired is a retired master key/, /backups/));
    rmSync(path(`keys/master-${idOf('.retired')}.retired`));
    expect(await findings()).toEqual([]);
  });

  it('warns of an old key that is still read', async () => {
    await begin(whole);
    const id = idOf('.retired');
    renameSync(path(`keys/master-${id}.retired`), path(`keys/master-${id}.key`));
    expect(await findings()).toEqual(says('warning', /is an old master key, and is still read/, /rotate-master/));
  });

  it('finds a key that the store needs, and that is not here, before and after', async () => {
    await begin(async (ground) => {
      await makeNext(turnOf(ground));
      await putInForce(turnOf(ground));
    });
    const id = idOf('.key');
    renameSync(path('keys/master.key'), path('old'));
    expect(await findings()).toEqual(says('problem', /the store needs master key/));
    copyFileSync(path('old'), path('keys/master.key'));
    rmSync(path(`keys/master-${id}.key`));
    expect(await findings()).toEqual(says('problem', new RegExp(`the store needs master key ${id}`)));
  });

  it('notes a key that this store does not know', async () => {
    await begin();
    await begin((ground) => ground.masterKey.directory.draft(Buffer.alloc(32, 5)) && Promise.resolve());
    const id = idOf('.draft');
    renameSync(path(`keys/master-${id}.draft`), path(`keys/master-${id}.key`));
    expect(await findings()).toEqual(says('note', /does not know/));
  });

  it('finds what was sealed under the old key after it had gone', async () => {
    await begin(async (ground) => {
      const { world, masterKey } = ground;
      const old = masterKey.named(masterKey.id);
      await whole(ground);
      if (old) await world.store.commit(await planNotices(world, old, [mailTo('a@example.jp')]));
    });
    const told = await findings();
    expect(told).toContainEqual(says('warning', /1 records are sealed under the retired master key/, /^Rename/)[0]);
    const id = idOf('.retired');
    renameSync(path(`keys/master-${id}.retired`), path(`keys/master-${id}.key`));
    expect((await cli().sekisho(['keys', 'rotate-master'])).exitCode).toBe(0);
    expect(await findings()).toEqual(says('note', /is a retired master key/));
  });

  it('is not misled by a mail that is being sent', async () => {
    await begin(async (ground) => {
      const { world, masterKey } = ground;
      await world.store.commit(await planNotices(world, masterKey, [mailTo('a@example.jp')]));
      const [notice] = (await world.store.find(notices, { index: 'byTime' })).records;
      if (notice) await claimNotice(world, notice);
      await whole(ground);
    });
    expect(await findings()).toEqual([]);
  });
});

describe('doctor on certificates', () => {
  it('warns before the end of one in use, and finds one that has ended', async () => {
    await begin();
    const [key] = await cli().onGround(async ({ world }) =>
      (await readKeys(world.store)).filter(({ use }) => use === 'saml-signing'),
    );
    if (!key?.certificate) throw new TypeError('there is no certificate');
    const { endsAt } = key.certificate;
    expect(judgeCertificates([key], endsAt - days(91))).toEqual([]);
    expect(judgeCertificates([key], endsAt - days(90))).toEqual(says('warning', /the certificate of saml-.* ends at/));
    expect(judgeCertificates([key], endsAt)).toEqual(says('problem', /ended at .*: services that look at it refuse/));
    expect(judgeCertificates([{ ...key, state: 'retiring' }], endsAt)).toEqual([]);
  });

  it('tells it among the keys', async () => {
    await begin(async ({ world }) => {
      const [key] = (await readKeys(world.store)).filter(({ use }) => use === 'saml-signing');
      if (!key?.certificate) throw new TypeError('there is no certificate');
      const certificate = { ...key.certificate, endsAt: Date.now() + days(60) };
      await world.store.commit([replace(keyRing, { ...key, certificate })]);
    });
    expect((await findings()).map(({ what }) => what)).toContainEqual(expect.stringMatching(/the certificate of/));
  });
});
