import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { commandLine } from './command-line.ts';

const cli = commandLine();

describe('the command line', () => {
  it.each([
    ['nothing', []],
    ['a verb that does not exist', ['dance']],
    ['an option that does not exist', ['check-config', '--colour']],
    ['a group without its verb', ['people']],
    ['an argument that is missing', ['accounts', 'unlock']],
    ['a reason that is missing', ['accounts', 'suspend', 'a0123456']],
    ['a role that does not exist', ['roles', 'grant', 'a0123456', 'king']],
    ['a length of time that is none', ['connections', 'rotate-secret', 'a', '--overlap', 'long']],
  ])('exits with 2 on %s, and says so on standard error', async (_, argv) => {
    const { exitCode, out, err } = await cli().sekisho(argv);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).not.toBe('');
  });

  it('prints help on standard output when asked, and exits with 0', async () => {
    const { exitCode, out, err } = await cli().sekisho(['people', 'import', '--help']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('sekisho people import [options] <file>');
  });

  it('names the ways to a configuration where there is none', async () => {
    const { exitCode, err } = await cli().sekisho(['check-config'], { environment: { SEKISHO_CONFIG: undefined } });
    expect(exitCode).toBe(2);
    expect(err).toMatch(/--config or in SEKISHO_CONFIG, or write config\/sekisho.yaml/);
  });

  it('prefers --config to SEKISHO_CONFIG', async () => {
    const { err } = await cli().sekisho(['check-config', '--config', 'mine.yaml']);
    expect(err).toContain(`the file does not exist (${cli().folder}/mine.yaml)`);
  });

  it('tells a failure in a sentence with its code, without a stack', async () => {
    const { exitCode, out, err } = await cli().sekisho(['accounts', 'unlock', 'a0999999']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toBe('Account not found (account.not_found; loginName: a0999999)\n');
  });

  it('shows where a failure happened with --verbose', async () => {
    const { err } = await cli().sekisho(['accounts', 'unlock', 'a0999999', '--verbose']);
    expect(err).toMatch(/\n {4}at /);
  });

  it('speaks Japanese where the locale does, with the same code', async () => {
    const environment = { LANG: 'ja_JP.UTF-8' };
    const { err } = await cli().sekisho(['accounts', 'unlock', 'a0999999'], { environment });
    expect(err).toBe('アカウントが見つかりません (account.not_found; loginName: a0999999)\n');
    const document = await cli().json(['accounts', 'unlock', 'a0999999'], { environment });
    expect(document).toMatchObject({
      ok: false,
      error: { code: 'account.not_found', facts: { loginName: 'a0999999' } },
    });
  });

  it('prints the problems of a configuration in place of doing anything', async () => {
    cli().write('bad.yaml', 'sevrer: {}\n');
    const { exitCode, err } = await cli().sekisho(['connections', 'list', '--config', 'bad.yaml']);
    expect(exitCode).toBe(1);
    expect(err).toContain('sevrer: unknown key; did you mean server?');
    expect(await cli().json(['connections', 'list', '--config', 'bad.yaml'])).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ path: 'sevrer' })]),
    });
  });

  it('tells beside it what is in order and may surprise', async () => {
    const environment = { SEKISHO__SERVER__ISSUER: 'http://127.0.0.1:3000' };
    const { exitCode, out } = await cli().sekisho(['check-config'], { environment });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: expect.stringContaining('no browser takes passkeys') });
    expect(await cli().json(['check-config'], { environment })).toMatchObject({
      ok: true,
      notes: [expect.any(String)],
    });
    expect(await cli().json(['check-config'])).toMatchObject({ ok: true, notes: [] });
  });

  it('starts as a program', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['bin/sekisho.js', 'check-config', '--config', 'config/kyoto.yaml'],
      {
        encoding: 'utf8',
      },
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('config/kyoto.yaml is in order.'),
    });
  });
});
