import { beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { activationKeys } from '../../src/core/credentials/activation/activation-key.ts';
import { readActivationKey } from '../../src/core/credentials/activation/activation-key-text.ts';
import { beginActivation } from '../../src/core/credentials/activation/begin-activation.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';
const clock = new FakeClock();
const address = '192.0.2.1';
const printed = /[2-9CDFHJKMNPQRTWXY]{4}(?:-[2-9CDFHJKMNPQRTWXY]{4}){4}/;

beforeEach(async () => {
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`];
  expect((await cli().sekisho(['people', 'add', ...person], { edges: { clock } })).exitCode).toBe(0);
});

const issue = (...more: readonly string[]) =>
  cli().sekisho(['accounts', 'issue-key', name, ...more], { edges: { clock } });
const issueJson = (...more: readonly string[]) =>
  cli().json(['accounts', 'issue-key', name, ...more], { edges: { clock } });

const record = () =>
  cli().onGround(async ({ world }) => {
    const account = await accountByLoginName(world.store, name);
    return world.store.get(activationKeys, account?.id ?? '');
  });

/** What the page would be told of a key. */
const shown = (key: unknown) =>
  cli().onGround(async ({ world, codeDigest, keyThrottle }) => {
    const typed = { loginName: name, key: readActivationKey(String(key)) ?? '', address, browserToken: 'b'.repeat(43) };
    return (await beginActivation({ world: { ...world, clock }, codeDigest, throttle: keyThrottle }, typed)).kind;
  });

describe('accounts issue-key', () => {
  it('prints the key once, where it is used and until when, and that it goes by post unless said', async () => {
    const { exitCode, out, err } = await issue();
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const key = printed.exec(out)?.[0];
    expect(out).toContain(`${name}: activation key, shown only now: ${key}\n`);
    expect(out).toMatch(/to be used at \S+\/activate before .+; handed over by post\.\n/);
    expect(await record()).toMatchObject({
      handed: 'post',
      issuedBy: { kind: 'operator', id: 'tester' },
      expiresAt: clock.now() + days(31),
    });
    expect(await shown(key)).toBe('begun');
  });

  it('prints it for programs', async () => {
    const document = await issueJson('--handed', 'in-person');
    expect(document).toMatchObject({
      ok: true,
      account: { loginName: name, state: 'issued' },
      handed: 'in-person',
      expiresAt: new Date(clock.now() + days(31)).toISOString(),
      hasReplaced: false,
      key: expect.stringMatching(printed),
      url: expect.stringMatching(/\/activate$/),
    });
    expect(await shown(document.key)).toBe('begun');
  });

  it('says that the key before it is good no more', async () => {
    const first = await issueJson();
    const { out } = await issue();
    expect(out).toContain(`${name}: the key before it is good no more.\n`);
    expect(await shown(first.key)).toBe('wrong');
    expect(await issueJson()).toMatchObject({ hasReplaced: true });
  });

  it('takes a last day, which counts to its end by the university’s clocks', async () => {
    expect(await issueJson('--expires', '2030-03-31')).toMatchObject({ expiresAt: '2030-03-31T15:00:00.000Z' });
  });

  it('prints no key in a dry run, and makes none', async () => {
    const { out } = await issue('--dry-run');
    expect(out).not.toMatch(printed);
    expect(await issueJson('--dry-run')).not.toHaveProperty('key');
    expect(await record()).toBeUndefined();
  });

  it('lets whoever mistyped the old key use the new one at once', async () => {
    const charge = () => cli().onGround(({ keyThrottle }) => keyThrottle.charge({ loginName: name, address }));
    for (let tries = 0; (await charge()).kind === 'charged'; tries += 1) expect(tries).toBeLessThan(100);
    await issue();
    expect((await charge()).kind).toBe('charged');
  });

  it.each([
    ['a way that there is not', ['--handed', 'e-mail'], 2],
    ['an end that is past', ['--expires', '2001-01-01'], 2],
    ['no date', ['--expires', 'soon'], 2],
  ])('refuses %s', async (_, more, exitCode) => {
    expect((await issue(...more)).exitCode).toBe(exitCode);
    expect(await record()).toBeUndefined();
  });

  it('refuses an ID that nobody has', async () => {
    const { exitCode, err } = await cli().sekisho(['accounts', 'issue-key', 'a0999999']);
    expect(exitCode).toBe(1);
    expect(err).toContain('account.not_found');
  });
});
