import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Credential, credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import { planNewRecoveryCodes } from '../../src/core/credentials/recovery-codes.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { insert } from '../../src/store/port.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine, type Wishes } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';
const clock = new FakeClock();
const yamada: Wishes = { edges: { clock }, operator: 'yamada' };
const suzuki: Wishes = { edges: { clock }, operator: 'suzuki' };

/** An account with an app, an address and ten recovery codes. */
beforeEach(async () => {
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`];
  expect((await cli().sekisho(['people', 'add', ...person], yamada)).exitCode).toBe(0);
  await cli().onGround(async ({ world, codeDigest }) => {
    const accountId = (await accountByLoginName(world.store, name))?.id ?? '';
    const named = { accountId, addedAt: clock.now() };
    const held = [
      { id: 'totp-1', kind: 'totp', name: 'My\u001b[31m phone', sealedSecret: 'sealed', lastStep: 0, ...named },
      { id: 'mail-1', kind: 'mail-code', name: '', address: 'hanako@mail.example.com', ...named },
    ] as readonly Credential[];
    const codes = await planNewRecoveryCodes({ ...world, clock }, codeDigest, { kind: 'operator' }, accountId);
    await world.store.commit([...held.map((one) => insert(credentials, one)), ...codes.writes]);
  });
});

const factors = (argv: readonly string[], wishes = yamada) => cli().sekisho(['factors', ...argv], wishes);
const json = (argv: readonly string[], wishes = yamada) => cli().json(['factors', ...argv], wishes);
const ask = (wishes = yamada, by = 'Yamada Taro') =>
  factors(['reset', name, '--asked-by', by, '--reason', 'lost her telephone'], wishes);
const confirm = (...more: readonly string[]) => ['confirm', name, '--confirmed-by', 'Suzuki Ichiro', ...more];

const heldKinds = () =>
  cli().onGround(async ({ world }) => {
    const { id = '' } = (await accountByLoginName(world.store, name)) ?? {};
    return (await credentialsOf(world.store, id)).map(({ kind }) => kind);
  });
const all = ['mail-code', 'recovery-code', 'totp'];

describe('factors list', () => {
  it('shows kinds, names, times and how many codes are left, and nothing that opens anything', async () => {
    const { out } = await factors(['list', name]);
    expect(out).toMatch(/totp +│ My\uFFFD\[31m phone +│ Fri 10 April 2026, 17:00/);
    expect(out).toMatch(/mail-code +│ h\*\*\*@mail\.example\.com /);
    expect(out).toMatch(/recovery-code │ 10 left /);
    expect(out).not.toMatch(/sealed|code-digest/);
  });

  it('shows the same to programs, and a reset that is asked for', async () => {
    await ask();
    const document = await json(['list', name]);
    expect(document).toMatchObject({
      ok: true,
      account: { loginName: name },
      factors: [
        { kind: 'mail-code', name: 'h***@mail.example.com' },
        { kind: 'recovery-code', left: 10, since: '2026-04-10T08:00:00.000Z' },
        { kind: 'totp' },
      ],
      reset: { askedBy: 'Yamada Taro', reason: 'lost her telephone' },
    });
    expect(JSON.stringify(document)).not.toMatch(/sealed|code-digest/);
    expect((await factors(['list', name])).out).toContain('Yamada Taro has asked for a reset: lost her telephone\n');
  });
});

describe('factors reset and confirm', () => {
  it('remove everything when another person confirms', async () => {
    expect((await ask()).out).toContain(`sekisho factors confirm ${name} --confirmed-by NAME`);
    expect(await heldKinds()).toEqual(all);
    expect(await factors(confirm('--yes'), suzuki)).toEqual({
      exitCode: 0,
      out: `${name}: removed: ${all.join(', ')}; all sessions have ended.\n`,
      err: '',
    });
    expect(await heldKinds()).toEqual([]);
    expect(await json(confirm('--yes'), suzuki)).toMatchObject({ ok: false, refused: 'none' });
  });

  it('name both for programs', async () => {
    await ask();
    expect(await json(confirm('--yes'), suzuki)).toMatchObject({
      ok: true,
      account: { loginName: name },
      askedBy: 'Yamada Taro',
      confirmedBy: 'Suzuki Ichiro',
      removed: all,
    });
  });

  it.each([
    ['the same user of the operating system', yamada, 'Suzuki Ichiro'],
    ['the same name', suzuki, 'YAMADA  taro'],
  ])('refuse %s', async (_, wishes, by) => {
    await ask();
    const { exitCode, err } = await factors(['confirm', name, '--confirmed-by', by, '--yes'], wishes);
    expect(exitCode).toBe(1);
    expect(err).toContain('confirmed by somebody else than who asked');
    expect(await heldKinds()).toEqual(all);
  });

  it('refuse what nobody asked for, and what was asked for a day ago', async () => {
    expect(await json(confirm('--yes'), suzuki)).toMatchObject({ refused: 'none' });
    await ask();
    const late = { ...suzuki, edges: { clock: new FakeClock() } };
    late.edges.clock.advance(86_400_000);
    expect(await json(confirm('--yes'), late)).toMatchObject({ refused: 'none' });
    expect(await heldKinds()).toEqual(all);
  });

  it('change nothing in a dry run', async () => {
    await factors(['reset', name, '--asked-by', 'Yamada Taro', '--reason', 'x', '--dry-run']);
    expect(await json(confirm('--yes'), suzuki)).toMatchObject({ refused: 'none' });
    await ask();
    expect((await factors(confirm('--dry-run'), suzuki)).out).toContain('asked on Fri 10 April 2026, 17:00');
    expect(await heldKinds()).toEqual(all);
  });

  it.each([
    [['reset', name, '--reason', 'x']],
    [['reset', name, '--asked-by', 'Yamada Taro']],
    [['reset', name, '--asked-by', '', '--reason', 'x']],
    [['confirm', name]],
  ])('ask for who answers for it: %j', async (argv) => {
    expect((await factors(argv)).exitCode).toBe(2);
  });

  /** What a person types when they are asked; `meanwhile` is done while they think. */
  function typing(word: string, meanwhile: () => Promise<unknown> = async () => {}): Wishes {
    async function* answer() {
      await meanwhile();
      yield `${word}\n`;
    }
    return { ...suzuki, input: Object.assign(Readable.from(answer()), { isTTY: true }) };
  }

  it('tell at a terminal who asked and why, and go on when the word is typed', async () => {
    await ask();
    const { exitCode, err } = await factors(confirm(), typing('reset'));
    expect(exitCode).toBe(0);
    expect(err).toContain('Yamada Taro (operator yamada) asked on Fri 10 April 2026, 17:00');
    expect(err).toContain('lost her telephone');
    expect(await heldKinds()).toEqual([]);
  });

  it('change nothing when something else was asked for while the person thought', async () => {
    await ask();
    const { exitCode, err } = await factors(confirm(), typing('reset', ask));
    expect(exitCode).toBe(1);
    expect(err).toContain('what was asked for is not open any more');
    expect(await heldKinds()).toEqual(all);
  });

  it('change nothing when another word is typed, or nobody is there to ask', async () => {
    await ask();
    expect((await factors(confirm(), typing('yes'))).exitCode).toBe(2);
    expect((await factors(confirm(), suzuki)).exitCode).toBe(2);
    expect(await heldKinds()).toEqual(all);
  });
});
