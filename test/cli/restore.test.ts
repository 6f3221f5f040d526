import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { volatileCollections } from '../../src/cli/volatile-collections.ts';
import { setupLinks } from '../../src/core/access/setup-link.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { oidcRecords } from '../../src/protocols/oidc/record.ts';
import { insert } from '../../src/store/port.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const path = (name: string): string => join(cli().folder, name);
const names = (): string[] => readdirSync(cli().folder).sort();

const add = (name: string) =>
  cli().sekisho(['people', 'add', '--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`]);
const has = (name: string) =>
  cli().onGround(async ({ world }) => (await accountByLoginName(world.store, name)) !== undefined);

const soon = Date.now() + 3_600_000;
const session = {
  id: 's',
  tokenDigest: 'd',
  accountId: 'a',
  personId: 'p',
  factors: [],
  device: { userAgent: '', address: '' },
  participants: [],
  startedAt: 0,
  seenAt: 0,
  endsAt: soon,
  expiresAt: soon,
};

/** A store with somebody in it and somebody signed in, its backup, and somebody who came after. */
beforeEach(async () => {
  await add('a0000001');
  await cli().onGround(({ world }) =>
    world.store.commit([
      insert(sessions, session),
      insert(oidcRecords, { id: 'AccessToken:x', payload: {}, expiresAt: soon }),
      insert(setupLinks, { id: 'l', expiresAt: soon }),
    ]),
  );
  expect((await cli().sekisho(['backup', 'monday.db'])).exitCode).toBe(0);
  await add('a0000002');
});

describe('restore', () => {
  it('puts the backup in the place of the store with --force, keeps what stood there, and says what comes next', async () => {
    const { exitCode, out, err } = await cli().sekisho(['restore', 'monday.db', '--force']);
    expect({ exitCode, err }).toEqual({
      exitCode: 0,
      err: expect.stringMatching(/^Copying .* …\nChecking the copy …\n$/),
    });
    expect(out).toMatch(/What stood there is kept: .*sekisho\.db\.replaced-\d{8}T\d{6}Z\n/);
    expect(out).toContain('everybody signs in again');
    expect(out).toContain('suspended since');
    expect([await has('a0000001'), await has('a0000002')]).toEqual([true, false]);
  });

  it('can be undone with what it kept', async () => {
    const { aside } = await cli().json(['restore', 'monday.db', '--force']);
    expect((await cli().sekisho(['restore', (aside as string[])[0] ?? '', '--force'])).exitCode).toBe(0);
    expect(await has('a0000002')).toBe(true);
  });

  it('brings back no session, code, token or link, and says how many it took out', async () => {
    expect(await cli().json(['restore', 'monday.db', '--force'])).toMatchObject({
      ok: true,
      store: path('sekisho.db'),
      from: path('monday.db'),
      records: { accounts: 1 },
      removed: { attempts: 0, oidcRecords: 1, postedRequests: 0, sessions: 1, setupLinks: 1 },
    });
    const left = await cli().onGround(({ world: { store } }) =>
      Promise.all([store.get(sessions, 's'), store.get(oidcRecords, 'AccessToken:x'), store.get(setupLinks, 'l')]),
    );
    expect(left).toEqual([undefined, undefined, undefined]);
  });

  it('leaves in the audit trail of the restored store which file it was', async () => {
    const { digest } = await cli().json(['restore', 'monday.db', '--force']);
    expect(digest).toBe(
      createHash('sha256')
        .update(readFileSync(path('monday.db')))
        .digest('hex'),
    );
    const page = await cli().onGround(({ world }) =>
      world.store.find(auditEvents, { index: 'byType', equals: ['store.restored'] }),
    );
    expect(page.records).toMatchObject([{ actor: { id: 'tester' }, facts: { digest } }]);
  });

  it('leaves the backup as it is', async () => {
    const before = readFileSync(path('monday.db'));
    await cli().sekisho(['restore', 'monday.db', '--force']);
    expect(readFileSync(path('monday.db')).equals(before)).toBe(true);
  });

  it('needs no --force where there is no store, and makes its folder', async () => {
    const environment = { SEKISHO__STORE__URL: `sqlite:${path('new/sekisho.db')}` };
    expect((await cli().sekisho(['restore', 'monday.db'], { environment })).exitCode).toBe(0);
    expect(readdirSync(path('new'))).toEqual(['sekisho.db']);
  });

  it('decides for every collection that expires whether it comes back', async () => {
    // Notices are still owed, the links of warnings lie in mailboxes and can only stop an account, and counters slow
    // guessing down: they are kept. So is which requests by SAML were answered (none is answered twice), and which
    // certificates were taken away: their authority would vouch for them again at once.
    const kept = ['answeredRequests', 'counters', 'notMeLinks', 'notices', 'refusedCertificates'];
    await cli().onGround(async () => {});
    const file = new DatabaseSync(path('sekisho.db'), { readOnly: true });
    const expiring = file
      .prepare("SELECT name FROM collection WHERE declaration ->> 'expiresAt' IS NOT NULL")
      .all()
      .map(({ name }) => String(name));
    file.close();
    const volatile = volatileCollections.map(({ name }) => name);
    expect(expiring.filter((name) => !kept.includes(name) && !volatile.includes(name))).toEqual([]);
    expect(volatile).toContain('sessions');
  });
});

describe('restore refuses, and changes nothing', () => {
  const refusal = async (argv: readonly string[], reason: string): Promise<void> => {
    const before = names();
    expect(await cli().json(['restore', ...argv])).toMatchObject({ ok: false, refused: [{ reason }] });
    expect(names().filter((name) => !/-(?:wal|shm)$/.test(name))).toEqual(
      before.filter((name) => !/-(?:wal|shm)$/.test(name)),
    );
  };

  it('without --force where there is a store', async () => {
    await refusal(['monday.db'], 'occupied');
    expect(await has('a0000002')).toBe(true);
  });

  it('while somebody has the store open, whatever is said', async () => {
    await cli().onGround(() => refusal(['monday.db', '--force'], 'in_use'));
    expect(await has('a0000002')).toBe(true);
  });

  it('in a dry run, after checking everything', async () => {
    const before = names();
    const { exitCode, out } = await cli().sekisho(['restore', 'monday.db', '--force', '--dry-run']);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: expect.stringMatching(/monday\.db can be restored: .*\nNothing was changed \(--dry-run\)\.\n$/),
    });
    expect(names()).toEqual(before);
    expect(await has('a0000002')).toBe(true);
  });

  it.each([
    ['that is not there', 'absent', () => rmSync(path('monday.db'))],
    ['that is a text', 'foreign', () => writeFileSync(path('monday.db'), 'a shopping list\n'.repeat(99))],
    [
      'that is cut off',
      'truncated',
      () => writeFileSync(path('monday.db'), readFileSync(path('monday.db')).subarray(0, -4096)),
    ],
    ['that is a plain copy of a store', 'live', () => cpSync(path('sekisho.db'), path('monday.db'))],
    [
      'whose pages were overwritten',
      'damaged',
      () => {
        const file = new DatabaseSync(path('monday.db'), { readOnly: true });
        const root = file.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'record_accounts'").get()?.rootpage;
        file.close();
        const bytes = readFileSync(path('monday.db'));
        bytes.fill(0x55, (Number(root) - 1) * 4096, Number(root) * 4096);
        writeFileSync(path('monday.db'), bytes);
      },
    ],
    [
      'without keys',
      'no_keys',
      () => {
        const file = new DatabaseSync(path('monday.db'));
        file.exec('DELETE FROM record_keyRing');
        file.close();
      },
    ],
    [
      'of a newer version',
      'newer',
      () => {
        const file = new DatabaseSync(path('monday.db'));
        file.exec('PRAGMA user_version = 99');
        file.close();
      },
    ],
  ])('a file %s', async (_, reason, spoil) => {
    spoil();
    await refusal(['monday.db', '--force'], reason);
    expect(await has('a0000002')).toBe(true);
  });

  it('without the master key, which it never makes', async () => {
    renameSync(path('keys'), path('keys-elsewhere'));
    await refusal(['monday.db', '--force'], 'master_key_absent');
    expect(names()).not.toContain('keys');
  });

  it('with another master key', async () => {
    writeFileSync(path('keys/master.key'), `${Buffer.alloc(32, 7).toString('base64url')}\n`);
    await refusal(['monday.db', '--force'], 'other_master_key');
  });
});
