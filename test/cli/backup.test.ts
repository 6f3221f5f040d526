import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const path = (name: string): string => join(cli().folder, name);

const addHanako = () =>
  cli().sekisho(['people', 'add', '--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', 'ecs,a0123456']);

describe('backup', () => {
  beforeEach(async () => {
    expect((await addHanako()).exitCode).toBe(0);
  });

  it('writes a file for its owner alone while the store is open, and says what is in it and what is not', async () => {
    const { exitCode, out, err } = await cli().onGround(() => cli().sekisho(['backup', 'monday.db']));
    expect({ exitCode, err }).toEqual({
      exitCode: 0,
      err: expect.stringMatching(/^Copying .*sekisho\.db \(.*\) …\nChecking the copy …\n$/),
    });
    expect(out).toContain('1 people, 1 accounts');
    expect(out).toContain('The master key is not in it.');
    expect(out).toContain(path('keys/master.key'));
    expect((statSync(path('monday.db')).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(cli().folder).filter((name) => name.includes('draft'))).toEqual([]);
  });

  it('tells programs where it is, what it counts and which master key it wants', async () => {
    expect(await cli().json(['backup', 'monday.db'])).toMatchObject({
      ok: true,
      file: path('monday.db'),
      bytes: statSync(path('monday.db')).size,
      records: { people: 1, accounts: 1, connections: 0 },
      newestEvent: expect.stringMatching(/^\d{4}-.*Z$/),
      masterKey: { file: path('keys/master.key'), id: expect.stringMatching(/^[\w-]{8}$/) },
    });
  });

  it('leaves in the audit trail who took it and its digest, and no name', async () => {
    const { digest } = await cli().json(['backup', 'monday.db']);
    expect(digest).toBe(
      createHash('sha256')
        .update(readFileSync(path('monday.db')))
        .digest('hex'),
    );
    const page = await cli().onGround(({ world }) =>
      world.store.find(auditEvents, { index: 'byType', equals: ['store.backed_up'] }),
    );
    expect(page.records).toMatchObject([
      { actor: { kind: 'operator', id: 'tester' }, facts: { type: 'store.backed_up', digest } },
    ]);
    expect(JSON.stringify(page)).not.toContain('monday');
  });

  it('refuses a name that is taken, and leaves it as it is', async () => {
    cli().write('monday.db', 'a letter');
    const { exitCode, out, err } = await cli().sekisho(['backup', 'monday.db']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('is there already');
    expect(statSync(path('monday.db')).size).toBe('a letter'.length);
  });

  it.each([
    ['there is no master key', 'master_key_absent', () => rmSync(path('keys'), { recursive: true })],
    ['the master key cannot be read', 'master_key_unreadable', () => writeFileSync(path('keys/master.key'), 'short\n')],
    [
      'the keys in the store do not open with the master key',
      'other_master_key',
      () => writeFileSync(path('keys/master.key'), `${Buffer.alloc(32, 7).toString('base64url')}\n`),
    ],
    ['the store is not there', 'absent', () => rmSync(path('sekisho.db'))],
    ['the store is something else', 'foreign', () => writeFileSync(path('sekisho.db'), 'burnt '.repeat(99))],
  ])('makes none, and makes nothing else, when %s', async (_, reason, spoil) => {
    spoil();
    const before = readdirSync(cli().folder, { recursive: true }).sort();
    expect(await cli().json(['backup', 'monday.db'])).toMatchObject({ ok: false, refused: [{ reason }] });
    const after = readdirSync(cli().folder, { recursive: true }).map(String);
    expect(after.filter((name) => !/-(?:wal|shm)$/.test(name)).sort()).toEqual(before);
  });

  it('says of a replica set what copies it instead, and not its password', async () => {
    const environment = { SEKISHO__STORE__URL: 'mongodb://u:geheim@db1,db2/sekisho?replicaSet=campus' };
    const { exitCode, err } = await cli().sekisho(['backup', 'monday.db'], { environment });
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /lie in mongodb:\/\/db1,db2\/sekisho, .*\n {2}mongodump .*\n {2}After .* `sekisho store forget`/,
    );
    expect(err).not.toContain('geheim');
  });

  it('refuses a folder that is not there, and a store in memory', async () => {
    const { exitCode, err } = await cli().sekisho(['backup', 'nowhere/monday.db']);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/monday\.db could not be written\. .*\n {2}ENOENT/);
    const environment = { SEKISHO__STORE__URL: 'sqlite::memory:' };
    expect(await cli().json(['backup', 'monday.db'], { environment })).toMatchObject({
      ok: false,
      refused: [{ reason: 'no_files' }],
    });
  });
});
