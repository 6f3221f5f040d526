import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { auditWrite } from '../../../src/core/audit/event.ts';
import { keyRing, readKeys } from '../../../src/core/keys/ring.ts';
import { replace } from '../../../src/store/port.ts';
import type { Wishes } from '../command-line.ts';
import { at, doctorStage, hour, says } from './doctor-stage.ts';

const { begin, cli, consult, findingsOn, path } = doctorStage();

describe('doctor on the store', () => {
  it('says that an upgrade is to come, and afterwards where the store lies as it was', async () => {
    await begin();
    const file = new DatabaseSync(path('sekisho.db'));
    file.exec('DROP TABLE upgrade; DROP TABLE change; PRAGMA user_version = 1');
    file.close();
    expect(await findingsOn('store')).toEqual(
      says('note', /written by an older version/, /next start brings it up to date.* needs .* free/),
    );
    const { err } = await cli().sekisho(['jobs', 'list']);
    expect(err).toMatch(/^The store was brought up to date. As it was before, it lies in .*before-upgrade-1-/);
    expect(await findingsOn('store')).toEqual(says('note', /as it was before the upgrade of .*before-upgrade-1-/));
  });

  it.each([
    [
      'that is something else',
      /is not a store of Sekisho/,
      () => writeFileSync(path('sekisho.db'), 'burnt '.repeat(99)),
    ],
    [
      'of a newer version',
      /newer version/,
      () => {
        const file = new DatabaseSync(path('sekisho.db'));
        file.exec('PRAGMA user_version = 99');
        file.close();
      },
    ],
    [
      'with a damaged page',
      /is damaged/,
      () => {
        const file = new DatabaseSync(path('sekisho.db'), { readOnly: true });
        const root = file.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'record_accounts'").get()?.rootpage;
        file.close();
        const bytes = readFileSync(path('sekisho.db'));
        bytes.fill(0x55, (Number(root) - 1) * 4096, Number(root) * 4096);
        writeFileSync(path('sekisho.db'), bytes);
      },
    ],
    [
      'that is a folder',
      /is not a store/,
      () => {
        rmSync(path('sekisho.db'));
        mkdirSync(path('sekisho.db'));
      },
    ],
  ])('finds one %s, and asks nothing of its records', async (_, what, spoil) => {
    await begin();
    spoil();
    expect(await findingsOn('store')).toEqual(says('problem', what));
    expect((await consult()).findings.map(({ check }) => check)).not.toContain('jobs');
  });

  it('finds files that others can read, and a folder in which they can replace them', async () => {
    await begin();
    chmodSync(cli().folder, 0o777);
    expect(await findingsOn('permissions')).toEqual(says('problem', /others can replace files/, /^chmod go-w/));
    chmodSync(cli().folder, 0o700);
    chmodSync(path('sekisho.db'), 0o640);
    expect(await findingsOn('permissions')).toEqual(says('problem', /others can read/, /^chmod 600/));
  });
});

describe('doctor on the clock', () => {
  it('finds one that is behind the newest event', async () => {
    await begin(({ world }) =>
      world.store.commit([
        auditWrite(
          { ...world, clock: { now: () => Date.now() + hour } },
          { kind: 'system' },
          { type: 'setup.link_issued' },
        ),
      ]),
    );
    expect(await findingsOn('clock')).toEqual(says('problem', /the newest audit event is from/));
    expect(await findingsOn('clock', at(Date.now() + hour))).toEqual([]);
  });

  it('finds one that is behind the last change of the file', async () => {
    await begin();
    const later = Date.now() / 1000 + 3600;
    utimesSync(path('sekisho.db'), later, later);
    expect(await findingsOn('clock')).toEqual(says('problem', /the last change of the store file is from/));
  });
});

describe('doctor on the keys', () => {
  it('finds that the master key is gone, and makes none', async () => {
    await begin();
    renameSync(path('keys/master.key'), path('master.key'));
    expect(await findingsOn('keys')).toEqual(says('problem', /no master key/, /Do not start before/));
    expect(existsSync(path('keys/master.key'))).toBe(false);
  });

  it.each([
    ['holds no key', 'short\n', /no key that can be read/],
    [
      'is another',
      `${Buffer.alloc(32, 7).toString('base64url')}\n`,
      /the store needs master key [\w-]{8}, which is not in/,
    ],
  ])('finds that the master key %s', async (_, text, what) => {
    await begin();
    writeFileSync(path('keys/master.key'), text);
    expect((await findingsOn('keys')).filter(({ severity }) => severity === 'problem')).toEqual(says('problem', what));
  });

  const notes = 'the key directory lies in the folder of the store';
  const beyondNotes = async (wishes: Wishes = {}) =>
    (await findingsOn('keys', wishes)).filter(({ what }) => what !== notes);

  it('finds a master key that others can read, and a folder where they can put another', async () => {
    await begin();
    chmodSync(path('keys/master.key'), 0o644);
    expect(await beyondNotes()).toEqual(says('problem', /others can read/, /chmod 600/));
    chmodSync(path('keys/master.key'), 0o600);
    chmodSync(path('keys'), 0o777);
    expect(await beyondNotes()).toEqual(says('problem', /others can replace/, /chmod go-w/));
  });

  it('notes that key and store lie together', async () => {
    await begin();
    expect((await findingsOn('keys')).map(({ what }) => what)).toEqual([notes]);
  });

  it('finds a ring without an active key for a purpose', async () => {
    await begin(async ({ world }) => {
      const [key] = (await readKeys(world.store)).filter(({ use }) => use === 'cookie-signing');
      if (key) await world.store.commit([replace(keyRing, { ...key, state: 'retiring' })]);
    });
    expect(await beyondNotes()).toEqual(says('problem', /no active cookie-signing key/));
  });

  it('warns when keys should have turned, a day after they should', async () => {
    await begin();
    const due = Date.now() + (90 - 7) * 24 * hour;
    expect(await beyondNotes(at(due + hour))).toEqual([]);
    expect(await beyondNotes(at(due + 26 * hour))).toEqual(says('warning', /should have turned/, /keys rotate/));
  });
});
