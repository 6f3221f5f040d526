import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandLine } from './command-line.ts';
import { addPerson, eventsOf, groundAt, hasAccount, killCopy, manyEvents, on, urlIn } from './store-copy-stage.ts';

const cli = commandLine();
const path = (name: string): string => join(cli().folder, name);
const url = (name: string): string => urlIn(cli(), name);
const copyTo = (to: string, ...more: readonly string[]) => cli().sekisho(['store', 'copy', '--to', to, ...more]);
const copyJson = (to: string, ...more: readonly string[]) => cli().json(['store', 'copy', '--to', to, ...more]);

beforeEach(async () => {
  expect((await addPerson(cli(), 'a0123456')).exitCode).toBe(0);
});

describe('store copy', () => {
  it('moves the installation into another store, and says what to do with the address, the keys and the old one', async () => {
    const { exitCode, out, err } = await copyTo(url('new.db'));
    expect({ exitCode, err }).toEqual({
      exitCode: 0,
      err: expect.stringMatching(/^Copying .*sekisho\.db → .*new\.db …\n$/),
    });
    expect(out).toMatch(/new\.db holds what .*sekisho\.db holds: \d+ records, read back and compared/);
    expect(out).toContain(`the key directory\nof the old one, ${path('keys')}.`);
    expect(out).toContain('Start no server on it again');
    expect(await groundAt(cli(), url('new.db'), (ground) => hasAccount(ground, 'a0123456'))).toBe(true);
    expect((await cli().sekisho(['audit', 'verify'], on(url('new.db')))).exitCode).toBe(0);
  });

  it('tells programs what was copied, with a checksum that the new audit trail has too', async () => {
    const document = await copyJson(url('new.db'));
    expect(document).toMatchObject({
      ok: true,
      stage: 'copied',
      from: { engine: 'sqlite', name: path('sekisho.db') },
      to: { engine: 'sqlite', name: path('new.db') },
      removed: 0,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      collections: { people: { records: 1, checksum: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    });
    expect(await groundAt(cli(), url('new.db'), (ground) => eventsOf(ground, 'store.copied'))).toMatchObject([
      {
        actor: { kind: 'operator', id: 'tester' },
        facts: { type: 'store.copied', from: 'sqlite', to: 'sqlite', digest: document.checksum },
      },
    ]);
    expect(await cli().onGround((ground) => eventsOf(ground, 'store.copied'))).toEqual([]);
  });

  it('run again says that it is done, and changes nothing', async () => {
    const { checksum } = await copyJson(url('new.db'));
    const before = readFileSync(path('new.db'));
    expect(await copyJson(url('new.db'))).toMatchObject({ ok: true, stage: 'copied_already', checksum });
    expect(readFileSync(path('new.db')).equals(before)).toBe(true);
  });

  it('takes addresses from the environment, where nobody else reads them', async () => {
    const environment = { SEKISHO_COPY_FROM: url('new.db'), SEKISHO_COPY_TO: url('newer.db') };
    await copyTo(url('new.db'));
    expect(await cli().json(['store', 'copy'], { environment })).toMatchObject({
      stage: 'copied',
      from: { name: path('new.db') },
      to: { name: path('newer.db') },
    });
  });

  it('shows how far it is while somebody watches', async () => {
    const { err } = await cli().sekisho(['store', 'copy', '--to', url('new.db')], { showsProgress: true });
    expect(err).toMatch(/█* ?\d+\/\d+ records copied and read back/);
  });

  it('in a rehearsal says how many records there are, and makes no file', async () => {
    const { exitCode, out } = await copyTo(url('new.db'), '--dry-run');
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: expect.stringMatching(/^\d+ records can be copied: .*sekisho\.db → .*new\.db\.\nNothing was changed/),
    });
    expect(await copyJson(url('new.db'), '--dry-run')).toMatchObject({
      stage: 'may_begin',
      to: { engine: 'sqlite', name: path('new.db') },
      isResumed: false,
    });
    expect(existsSync(path('new.db'))).toBe(false);
  });
});

describe('store copy, broken off', () => {
  it('leaves what no verb opens, and goes on where it was', async () => {
    await manyEvents(cli(), 3_000);
    await killCopy(url('sekisho.db'), url('new.db'), 2_000);
    for (const verb of [
      ['people', 'add', '--family-en', 'K', '--given-en', 'H'],
      ['audit', 'list'],
    ]) {
      const { exitCode, err } = await cli().sekisho(verb, on(url('new.db')));
      expect({ exitCode, err }).toEqual({
        exitCode: 1,
        err: expect.stringContaining('Run `sekisho store copy` again'),
      });
    }
    expect(await cli().json(['backup', 'monday.db'], on(url('new.db')))).toMatchObject({
      refused: [{ reason: 'half_copied' }],
    });
    expect((await cli().sekisho(['doctor'], on(url('new.db')))).err).toContain('was copied in part only');
    expect((await copyTo(url('new.db'), '--dry-run')).out).toContain('where a copy was broken off');
    const { exitCode, err, out } = await copyTo(url('new.db'));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: expect.stringMatching(/^Going on with /) });
    const [, records, written] = /holds: (\d+) records.*\((\d+) written, 0 removed\)/.exec(out) ?? [];
    expect(Number(written)).toBeLessThan(Number(records));
    expect(await groundAt(cli(), url('new.db'), (ground) => hasAccount(ground, 'a0123456'))).toBe(true);
  }, 60_000);

  it('for want of room says so, and that what was copied is not lost', async () => {
    await manyEvents(cli(), 1_500);
    await killCopy(url('sekisho.db'), url('new.db'), 1_400);
    const database = new DatabaseSync(path('new.db'));
    database.exec("CREATE TRIGGER full BEFORE INSERT ON record_audit BEGIN SELECT RAISE(ABORT, 'no room'); END");
    database.close();
    const { exitCode, out, err } = await copyTo(url('new.db'));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(
      /The copy was broken off\. What has reached .*new\.db stays there: run the command again.*\n {2}no room\n$/,
    );
  }, 60_000);

  it('is not taken for whole when its target does not keep what it is given', async () => {
    await manyEvents(cli(), 1_500);
    await killCopy(url('sekisho.db'), url('new.db'), 1_400);
    const database = new DatabaseSync(path('new.db'));
    const spoilt = "UPDATE record_audit SET body = replace(body, 'system', 'systeM') WHERE id = NEW.id";
    database.exec(`CREATE TRIGGER spoils AFTER INSERT ON record_audit BEGIN ${spoilt}; END`);
    database.close();
    expect(await copyJson(url('new.db'))).toMatchObject({ ok: false, refused: [{ reason: 'unequal' }] });
    expect((await cli().sekisho(['audit', 'list'], on(url('new.db')))).err).toContain('in part only');
    const mended = new DatabaseSync(path('new.db'));
    mended.exec('DROP TRIGGER spoils');
    mended.close();
    expect(await copyJson(url('new.db'))).toMatchObject({ ok: true, stage: 'copied' });
  }, 60_000);
});

describe('store copy refuses', () => {
  const refusedFor = async (to: string, ...more: readonly string[]): Promise<unknown> => {
    const { ok, refused } = await copyJson(to, ...more);
    return { ok, reasons: (refused as { reason: string }[]).map(({ reason }) => reason) };
  };

  it('another installation in its way, and leaves it as it is', async () => {
    await cli().sekisho(['people', 'add', '--family-en', 'K', '--given-en', 'H'], on(url('new.db')));
    const before = readFileSync(path('new.db'));
    expect(await refusedFor(url('new.db'))).toEqual({ ok: false, reasons: ['target_occupied'] });
    expect(readFileSync(path('new.db')).equals(before)).toBe(true);
  });

  it('the store itself', async () => {
    expect(await refusedFor(url('sekisho.db'))).toEqual({ ok: false, reasons: ['same_store'] });
  });

  it('a store that a server or another command has open, and makes nothing', async () => {
    await cli().onGround(async () => {
      expect(await refusedFor(url('new.db'))).toEqual({ ok: false, reasons: ['in_use'] });
    });
    expect(readdirSync(cli().folder)).not.toContain('new.db');
  });

  it('what is not there, and what is no store', async () => {
    writeFileSync(path('letter'), 'Dear colleague, '.repeat(40));
    expect(await refusedFor(url('new.db'), '--from', url('nowhere.db'))).toEqual({ ok: false, reasons: ['absent'] });
    expect(await refusedFor(url('new.db'), '--from', url('letter'))).toEqual({ ok: false, reasons: ['foreign'] });
    expect(await refusedFor(url('letter'))).toEqual({ ok: false, reasons: ['foreign'] });
    expect(existsSync(path('new.db'))).toBe(false);
  });

  it.each([
    [[], 'Say where to copy'],
    [['--to', 'mongodb://u:hunter2@db1/sekisho'], '--to (SEKISHO_COPY_TO) is no address of a store'],
    [['--to', 'sqlite::memory:'], '--to (SEKISHO_COPY_TO) is no address of a store'],
    [['--to', 'sqlite:x.db', '--from', 'postgres://u:hunter2@x'], '--from (SEKISHO_COPY_FROM) is no address'],
  ])('the arguments %j, without repeating an address', async (argv, told) => {
    const { exitCode, err } = await cli().sekisho(['store', 'copy', ...argv]);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(told) });
    expect(err).not.toContain('hunter2');
  });
});
