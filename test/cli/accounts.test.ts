import { PassThrough, type Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { passwordOf } from '../../src/core/credentials/credential.ts';
import { accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { replace } from '../../src/store/port.ts';
import { goodPassword } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';

beforeEach(async () => {
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--birth-date', '2007-05-01'];
  const { exitCode } = await cli().sekisho(['people', 'add', ...person, '--account', `ecs,${name}`]);
  expect(exitCode).toBe(0);
});

const account = () => cli().onGround(({ world }) => accountByLoginName(world.store, name));

const hasPassword = (password: string) =>
  cli().onGround(async ({ world, hasher }) => {
    const { id = '' } = (await accountByLoginName(world.store, name)) ?? {};
    return hasher.matches((await passwordOf(world.store, id))?.hash, password);
  });

const setPassword = (input: Readable | string, ...more: readonly string[]) =>
  cli().sekisho(['accounts', 'set-password', name, ...more], { input });

describe('accounts set-password', () => {
  it('takes the first line of standard input, and makes an issued account active', async () => {
    expect(await setPassword(`${goodPassword}\n`)).toEqual({
      exitCode: 0,
      out: `${name} has a new password (active).\n`,
      err: '',
    });
    expect(await account()).toMatchObject({ state: 'active' });
    expect(await hasPassword(goodPassword)).toBe(true);
  });

  it('changes nothing in a dry run', async () => {
    expect((await setPassword(goodPassword, '--dry-run')).exitCode).toBe(0);
    expect(await account()).toMatchObject({ state: 'issued' });
    expect(await hasPassword(goodPassword)).toBe(false);
  });

  it('refuses a password with a sentence for every rule, and never repeats it', async () => {
    const { exitCode, out, err } = await setPassword('hanako20070501');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('Use at least one upper-case letter (A to Z).\n');
    expect(err).toContain('Leave out your date of birth.\n');
    expect(err).toContain('Leave out your name.\n');
    expect(err).not.toContain('hanako20070501');
    expect(await account()).toMatchObject({ state: 'issued' });
  });

  it('names the rules for programs', async () => {
    const document = await cli().json(['accounts', 'set-password', name], { input: 'short' });
    expect(document).toMatchObject({
      ok: false,
      refused: expect.arrayContaining([expect.objectContaining({ rule: 'too_short' })]),
    });
  });

  it.each([
    ['nothing', ''],
    ['an empty line', '\n'],
    ['more than any password', 'x'.repeat(5000)],
  ])('does not take %s for a password', async (_, input) => {
    expect((await setPassword(input)).exitCode).toBe(2);
    expect(await account()).toMatchObject({ state: 'issued' });
  });

  it('takes no password from the command line', async () => {
    const { exitCode } = await cli().sekisho(['accounts', 'set-password', name, goodPassword]);
    expect(exitCode).toBe(2);
  });

  /** What a person types after each prompt. */
  const typing = (...lines: readonly string[]) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    input.write(lines.map((line) => `${line}\r`).join(''));
    return input;
  };

  it('asks twice at a terminal and shows nothing of what is typed', async () => {
    const { exitCode, out, err } = await setPassword(typing(goodPassword, goodPassword));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'New password: \nAgain: \n' });
    expect(out).not.toContain(goodPassword);
    expect(await hasPassword(goodPassword)).toBe(true);
  });

  it('sets nothing when a person gives up at the prompt', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    input.write('Kamo7\u0003');
    expect((await setPassword(input)).exitCode).toBe(2);
    expect(await account()).toMatchObject({ state: 'issued' });
  });

  it('refuses two entries that differ', async () => {
    const { exitCode, err } = await setPassword(typing(goodPassword, 'Kamo7gawaTobO'));
    expect(exitCode).toBe(2);
    expect(err).toContain('The two entries differ.');
    expect(await account()).toMatchObject({ state: 'issued' });
  });
});

describe('accounts suspend', () => {
  const suspend = (...more: readonly string[]) =>
    cli().sekisho(['accounts', 'suspend', name, '--reason', 'lost telephone', ...more]);

  it('suspends an active account once, under the name of who did it', async () => {
    await setPassword(goodPassword);
    expect(await suspend()).toEqual({ exitCode: 0, out: `${name} is suspended.\n`, err: '' });
    expect(await account()).toMatchObject({ state: 'suspended', suspensionReason: 'lost telephone' });
    const again = await suspend();
    expect(again).toMatchObject({ exitCode: 1, out: '' });
    expect(again.err).toContain('account.state; state: suspended; needed: active');
    const { records } = await cli().onGround(({ world }) => world.store.find(auditEvents, { index: 'byTime' }));
    expect(records.find(({ facts }) => facts.type === 'account.suspended')?.actor).toEqual({
      kind: 'operator',
      id: 'tester',
    });
  });

  it('changes nothing in a dry run, and refuses there what it would refuse', async () => {
    expect(await suspend('--dry-run')).toMatchObject({ exitCode: 1 });
    await setPassword(goodPassword);
    const before = await cli().events();
    expect(await suspend('--dry-run')).toMatchObject({ exitCode: 0 });
    expect(await account()).toMatchObject({ state: 'active' });
    expect(await cli().events()).toBe(before);
  });
});

describe('accounts unlock', () => {
  it('lifts a suspension and clears the throttle', async () => {
    await setPassword(goodPassword);
    await cli().sekisho(['accounts', 'suspend', name, '--reason', 'x']);
    const charge = () => cli().onGround(({ throttle }) => throttle.charge({ loginName: name, address: '192.0.2.1' }));
    for (let tries = 0; (await charge()).kind === 'charged'; tries += 1) expect(tries).toBeLessThan(100);
    const document = await cli().json(['accounts', 'unlock', name.toUpperCase()]);
    expect(document).toMatchObject({ ok: true, account: { loginName: name, state: 'active' } });
    expect(await account()).toMatchObject({ state: 'active' });
    expect((await charge()).kind).toBe('charged');
  });

  it('says what comes next where the owner had stopped the account', async () => {
    await setPassword(goodPassword);
    await cli().onGround(async ({ world }) => {
      const found = await accountByLoginName(world.store, name);
      if (!found) throw new Error('no account');
      const stopped = { state: 'suspended', suspendedAt: world.clock.now(), suspensionCause: 'not_me' } as const;
      await world.store.commit([replace(accounts, { ...found, ...stopped })]);
    });
    expect(await cli().json(['accounts', 'unlock', name, '--dry-run'])).toMatchObject({ isPasswordGone: true });
    expect(await hasPassword(goodPassword)).toBe(true);
    const { out } = await cli().sekisho(['accounts', 'unlock', name]);
    expect(out).toContain(`sekisho accounts issue-key ${name} --handed in-person`);
    expect(await hasPassword(goodPassword)).toBe(false);
  });
});

describe('roles grant', () => {
  it('gives a role once', async () => {
    const grant = ['roles', 'grant', name, 'auditor'];
    expect(await cli().json([...grant, '--dry-run'])).toMatchObject({ ok: true, dryRun: true, outcome: 'granted' });
    expect(await cli().json(grant)).toMatchObject({ ok: true, outcome: 'granted', role: 'auditor' });
    expect(await cli().json(grant)).toMatchObject({ ok: true, outcome: 'unchanged' });
  });
});
