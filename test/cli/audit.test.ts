import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { auditBatches } from '../../src/core/audit/batch.ts';
import { type AuditEvent, auditEvents, auditWrite } from '../../src/core/audit/event.ts';
import { readHead } from '../../src/core/audit/head.ts';
import { numberedId } from '../../src/core/audit/numbered.ts';
import { remove, replace, type Stored } from '../../src/store/port.ts';
import { verifyExport } from '../core/audit/independent-verifier.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';
let clock: FakeClock;

const sekisho = (...argv: readonly string[]) => cli().sekisho(argv, { edges: { clock } });
const json = (...argv: readonly string[]) => cli().json(argv, { edges: { clock } });
const seal = () =>
  cli().sekisho(['jobs', 'run', 'audit-seal'], { edges: { clock }, untilStopped: () => new Promise<void>(() => {}) });

/** A person with an account; two minutes later the account has a role, and an address signed in with it. */
beforeEach(async () => {
  clock = new FakeClock();
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--birth-date', '2007-05-01'];
  expect((await sekisho('people', 'add', ...person, '--account', `ecs,${name}`)).exitCode).toBe(0);
  clock.advance(minutes(2));
  await sekisho('roles', 'grant', name, 'auditor');
});

const grantMore = async () => expect((await sekisho('roles', 'grant', name, 'administrator')).exitCode).toBe(0);

const events = (): Promise<readonly Stored<AuditEvent>[]> =>
  cli().onGround(async ({ world }) => (await world.store.find(auditEvents, { index: 'byTime' })).records);

const typesOf = async (...argv: readonly string[]) => {
  const { events: listed } = (await json('audit', 'list', ...argv)) as { events: readonly { type: string }[] };
  return listed.map(({ type }) => type);
};

describe('audit list', () => {
  it('tells who did what to whom, the newest first, by the clocks of Japan', async () => {
    const { exitCode, out } = await sekisho('audit', 'list');
    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toBe(
      `Fri 10 April 2026, 17:02  role.granted  by operator tester  account: ${name}, role: auditor`,
    );
    expect(out).toContain(`Fri 10 April 2026, 17:00  account.issued  by operator tester  account: ${name}\n`);
  });

  it('shows and takes times by the clocks of the university', async () => {
    const wishes = { edges: { clock }, environment: { SEKISHO__UNIVERSITY__TIMEZONE: 'Europe/Vienna' } };
    const list = (...argv: readonly string[]) => cli().sekisho(['audit', 'list', ...argv], wishes);
    expect((await list('--from', '2026-04-10T10:01')).out).toMatch(
      /^Fri 10 April 2026, 10:02 {2}role\.granted [^\n]*\n$/,
    );
    expect((await list('--from', '2026-04-10T10:03')).out).toBe('There is no such event.\n');
  });

  it('names a person by the login name, and the address', async () => {
    const { accountId = '' } = (await events()).find(({ type }) => type === 'account.issued') ?? {};
    const actor = { kind: 'person', id: accountId, address: '192.0.2.7' } as const;
    const facts = { type: 'login.granted', accountId, factors: ['password', 'totp'], levels: [] } as const;
    await cli().onGround(({ world }) => world.store.commit([auditWrite(world, actor, facts)]));
    expect((await sekisho('audit', 'list', '--type', 'login.granted')).out).toContain(
      `login.granted  by ${name} from 192.0.2.7  account: ${name}, factors: password + totp, levels: none\n`,
    );
  });

  it('gives programs everything but the salt', async () => {
    const document = await json('audit', 'list', '--type', 'role.granted');
    expect(document).toEqual({
      ok: true,
      more: false,
      events: [
        {
          id: expect.any(String),
          at: '2026-04-10T08:02:00.000Z',
          type: 'role.granted',
          actor: { kind: 'operator', id: 'tester' },
          facts: { type: 'role.granted', accountId: expect.any(String), role: 'auditor' },
          batch: 0,
        },
      ],
    });
  });

  it('chooses by time, account and service', async () => {
    expect(await typesOf('--from', '2026-04-10T17:01')).toEqual(['role.granted']);
    expect(await typesOf('--to', '2026-04-10T17:01', '--account', name)).toEqual(['account.issued']);
    expect(await typesOf('--to', '2026-04-10')).toHaveLength(3);
    expect(await typesOf('--from', '2026-04-11')).toEqual([]);
    expect((await sekisho('audit', 'list', '--from', '2026-04-11')).out).toBe('There is no such event.\n');
  });

  it('stops at its limit, and says that there is more', async () => {
    expect(await typesOf('--oldest-first', '--limit', '2')).not.toContain('role.granted');
    expect((await sekisho('audit', 'list', '--limit', '1')).out).toMatch(/\nThere are more than 1: /);
    expect(await json('audit', 'list', '--limit', '3')).toMatchObject({ more: false });
  });

  it('lets no text steer the terminal', async () => {
    const facts = { type: 'connection.suspended', connectionId: 'a', reason: 'no\u001B[2J\nlie' } as const;
    await cli().onGround(({ world }) => world.store.commit([auditWrite(world, { kind: 'system' }, facts)]));
    expect((await sekisho('audit', 'list', '--type', facts.type)).out).toContain(
      'by the system  connection: a, reason: no\uFFFD[2J\uFFFDlie\n',
    );
  });

  it.each([
    ['a type that does not exist', ['--type', 'tea.drunk'], 2],
    ['a time that is none', ['--from', 'yesterday'], 2],
    ['no event at all', ['--limit', '0'], 2],
    ['an account that does not exist', ['--account', 'a0999999'], 1],
    ['a service that does not exist', ['--connection', 'nowhere'], 1],
  ])('refuses %s', async (_, argv, exitCode) => {
    expect(await sekisho('audit', 'list', ...argv)).toMatchObject({ exitCode, out: '' });
  });
});

describe('audit export', () => {
  it('prints lines that a stranger verifies with the printed keys', async () => {
    await seal();
    const { exitCode, out } = await sekisho('audit', 'export');
    expect(exitCode).toBe(0);
    const jwks = JSON.parse((await sekisho('audit', 'keys')).out);
    expect(await verifyExport(out.trimEnd().split('\n'), jwks)).toEqual({
      problems: [],
      batches: 1,
      events: 3,
      unsealed: 0,
    });
  });

  it('writes a file that only its owner can read', async () => {
    await seal();
    const printed = (await sekisho('audit', 'export')).out;
    const file = join(cli().folder, 'trail.jsonl');
    expect(await json('audit', 'export', '--out', 'trail.jsonl')).toEqual({
      ok: true,
      file,
      lines: printed.trimEnd().split('\n').length,
      bytes: Buffer.byteLength(printed),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe(printed);
  });

  it('never writes over a file', async () => {
    cli().write('trail.jsonl', 'mine');
    const { exitCode, err } = await sekisho('audit', 'export', '--out', 'trail.jsonl');
    expect(exitCode).toBe(1);
    expect(err).toContain('trail.jsonl cannot be made (it exists).');
    expect(readFileSync(join(cli().folder, 'trail.jsonl'), 'utf8')).toBe('mine');
  });

  it('says why a file cannot be made', async () => {
    expect((await sekisho('audit', 'export', '--out', 'nowhere/trail.jsonl')).err).toContain('(ENOENT)');
  });

  it('gives the batches that are asked for', async () => {
    await seal();
    await grantMore();
    await seal();
    const { out } = await sekisho('audit', 'export', '--from', '2', '--through', '2');
    const kinds = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds.filter((kind) => kind === 'batch')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'event')).toHaveLength(1);
  });

  it.each([
    ['--json without a file', ['--json']],
    ['an end before the beginning', ['--from', '3', '--through', '2']],
    ['a batch that is no number', ['--from', 'first']],
  ])('refuses %s', async (_, argv) => {
    expect(await sekisho('audit', 'export', ...argv)).toMatchObject({ exitCode: 2, out: '' });
  });
});

describe('audit verify', () => {
  const knownHead = () =>
    cli().onGround(async ({ world }) => {
      const { number, hash } = (await readHead(world.store)) ?? { number: 0, hash: '' };
      return `${number}:${hash}`;
    });

  it('says that all is well, how far it is sealed, and how old what is not sealed is', async () => {
    await seal();
    await grantMore();
    clock.advance(minutes(3));
    const { exitCode, out, err } = await sekisho('audit', 'verify');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toBe(
      `Nobody edited what is sealed.
sealed: 3 events in 1 batch; 0 gone by retention
signed: 1 checkpoint; 0 batches after the last
not sealed yet, which proves nothing: 1 event; the oldest waits for 3 minutes
the chain stands at ${await knownHead()}
Without --known-head, an end that was cut off cannot be noticed.
`,
    );
  });

  it('answers the same to programs', async () => {
    await seal();
    const [, hash] = (await knownHead()).split(':');
    expect(await json('audit', 'verify', '--known-head', await knownHead())).toEqual({
      ok: true,
      findings: [],
      summary: {
        batches: 1,
        events: 3,
        pruned: 0,
        checkpoints: 1,
        unsigned: 0,
        unsealed: { count: 0 },
        head: { batch: 1, hash },
      },
    });
  });

  it('names every event that was changed or removed, and ends with 1', async () => {
    await seal();
    const [first, second] = await events();
    if (!first || !second) throw new TypeError('there are no events');
    await cli().onGround(({ world }) =>
      world.store.commit([
        replace(auditEvents, { ...first, actor: { kind: 'operator', id: 'somebody else' } }),
        remove(auditEvents, second.id),
      ]),
    );
    const { exitCode, out, err } = await sekisho('audit', 'verify');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(`batch 1: event ${first.id} was changed after it was sealed\n`);
    expect(err).toContain(`batch 1: event ${second.id} was removed\n`);
    expect(err).toContain('\n2 problems.\n');
    expect(await json('audit', 'verify')).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([{ kind: 'event.changed', batch: 1, eventId: first.id }]),
    });
  });

  it('notices by what a log knows that the chain is shorter or another', async () => {
    await seal();
    const [, hash] = (await knownHead()).split(':');
    const cut = await sekisho('audit', 'verify', '--known-head', `7:${hash}`);
    expect(cut).toMatchObject({ exitCode: 1 });
    expect(cut.err).toContain('the end is missing: it reached batch 7, and ends with batch 1\n');
    const other = await sekisho('audit', 'verify', '--known-head', `1:${'A'.repeat(43)}`);
    expect(other.err).toContain('batch 1: not the one that was known; the chain was written anew\n');
  });

  it('names a batch that is missing', async () => {
    await seal();
    await cli().onGround(({ world }) => world.store.commit([remove(auditBatches, numberedId(1))]));
    expect((await sekisho('audit', 'verify')).err).toContain('batch 1: missing\n');
  });

  it.each(['1', '0:x', 'last:abc'])('refuses "%s" as a known head', async (text) => {
    expect(await sekisho('audit', 'verify', '--known-head', text)).toMatchObject({ exitCode: 2, out: '' });
  });
});

describe('audit keys', () => {
  it('prints public keys and nothing private', async () => {
    const { out } = await sekisho('audit', 'keys');
    expect(JSON.parse(out)).toEqual({
      keys: [
        { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: 'audit-signing-eddsa-1', alg: 'EdDSA', use: 'sig' },
      ],
    });
  });
});
