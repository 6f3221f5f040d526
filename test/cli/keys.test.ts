import { X509Certificate } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { readKeys } from '../../src/core/keys/ring.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine, type Wishes } from './command-line.ts';

const cli = commandLine();
let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

const wishes = (more: Wishes = {}): Wishes => ({ edges: { clock }, ...more });
const keys = (argv: readonly string[], more?: Wishes) => cli().sekisho(['keys', ...argv], wishes(more));
const json = (...argv: readonly string[]) => cli().json(['keys', ...argv], wishes());

/** The state of each key that is not gone, by id. */
async function ring(): Promise<Readonly<Record<string, string>>> {
  const known = await cli().onGround(({ world }) => readKeys(world.store));
  return Object.fromEntries(known.filter(({ state }) => state !== 'gone').map(({ id, state }) => [id, state]));
}

const turning = [
  'token-signing-rs256',
  'token-signing-es256',
  'token-signing-eddsa',
  'cookie-signing-hs256',
  'token-sealing-hs256',
];
const saml = 'saml-signing-rs256';
const unturned = { 'pairwise-hs256-1': 'active', 'code-digest-hs256-1': 'active', 'audit-signing-eddsa-1': 'active' };
const certified = [saml, 'saml-signing-es256'];
const resting = { ...unturned, 'saml-signing-rs256-1': 'active', 'saml-signing-es256-1': 'active' };
const turned = (serial: number, state: string, ids: readonly string[] = turning) =>
  Object.fromEntries(ids.map((id) => [`${id}-${serial}`, state]));

describe('keys list', () => {
  it('shows every key with its state and what comes next, and no key', async () => {
    const { exitCode, out } = await keys(['list']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /token-signing +│ RS256 +│ 1 +│ active │ Fri 10 April 2026, 17:00 │ successor is published: Thu 2 July 2026, 17:00/,
    );
    expect(out).toMatch(/pairwise +│ HS256 +│ 1 +│ active │ Fri 10 April 2026, 17:00 │ does not turn/);
    expect(await json('list')).not.toHaveProperty('keys.0.sealed');
  });

  it('tells the next turn of each state as it then comes', async () => {
    await keys(['list']);
    clock.advance(days(83));
    await keys(['rotate']);
    const nextOf = async (id: string) => {
      const { keys: listed } = (await json('list')) as { keys: readonly { id: string; next?: unknown }[] };
      return listed.find((key) => key.id === id)?.next;
    };
    expect(await nextOf('token-signing-rs256-1')).toEqual({ kind: 'retire', at: '2026-07-09T08:00:00.000Z' });
    expect(await nextOf('token-signing-rs256-2')).toEqual({ kind: 'activate', at: '2026-07-09T08:00:00.000Z' });
    clock.advance(days(7));
    expect((await keys(['list'])).out).toMatch(/│ signs: due now +│/);
    await keys(['rotate']);
    expect(await nextOf('token-signing-rs256-1')).toEqual({ kind: 'drop', at: '2026-07-23T08:00:00.000Z' });
    expect(await nextOf('token-signing-rs256-2')).toEqual({ kind: 'succeed', at: '2026-09-30T08:00:00.000Z' });
  });

  it('leaves out what is gone, unless asked', async () => {
    await keys(['rotate', '--emergency', '--yes']);
    expect(await json('list')).toHaveProperty('keys.length', 10);
    expect(await json('list', '--all')).toHaveProperty('keys.length', 17);
  });
});

describe('keys rotate', () => {
  it('does nothing before it is due, and says when that is', async () => {
    expect(await keys(['rotate'])).toEqual({
      exitCode: 0,
      out: 'Nothing is due before Thu 2 July 2026, 17:00.\n',
      err: '',
    });
    expect(await json('rotate')).toEqual({ ok: true, steps: [], next: '2026-07-02T08:00:00.000Z' });
  });

  it('does what the calendar asks for, under the name of who asked', async () => {
    await keys(['list']);
    clock.advance(days(84));
    expect((await keys(['rotate'])).out).toContain('token-signing RS256 2: made, and published from now on.\n');
    expect(await ring()).toEqual({ ...resting, ...turned(1, 'active'), ...turned(2, 'next') });
    clock.advance(days(7));
    expect(await json('rotate')).toMatchObject({
      steps: expect.arrayContaining([
        { kind: 'activate', id: 'cookie-signing-hs256-2', retiring: 'cookie-signing-hs256-1' },
      ]),
    });
    expect(await ring()).toEqual({ ...resting, ...turned(1, 'retiring'), ...turned(2, 'active') });
    const { records } = await cli().onGround(({ world }) =>
      world.store.find(auditEvents, { index: 'byType', equals: ['key.moved'] }),
    );
    expect(new Set(records.map(({ actor }) => actor.id))).toEqual(new Set(['tester']));
  });

  it('changes nothing in a dry run', async () => {
    await keys(['list']);
    clock.advance(days(84));
    const { out } = await keys(['rotate', '--dry-run']);
    expect(out).toMatch(/made, and published from now on\.\nNothing was changed \(--dry-run\)\.\n$/);
    expect(await ring()).toEqual({ ...resting, ...turned(1, 'active') });
    expect(await cli().events()).toBe(0);
  });
});

describe('keys rotate --emergency', () => {
  const emergency = ['rotate', '--emergency'];
  const typing = (line: string) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    input.end(line);
    return { input };
  };

  it('replaces every key that turns at once, and drops the old ones', async () => {
    expect(await keys([...emergency, '--yes'])).toMatchObject({ exitCode: 0, err: '' });
    expect(await ring()).toEqual({ ...unturned, ...turned(2, 'active', [...turning, ...certified]) });
  });

  it('names what it dropped for programs', async () => {
    expect(await json(...emergency, '--yes')).toMatchObject({
      ok: true,
      replaced: expect.arrayContaining([
        { use: 'token-signing', algorithm: 'ES256', serial: 2, dropped: ['token-signing-es256-1'] },
      ]),
    });
  });

  it('names the consequence at a terminal, and goes on when the word is typed', async () => {
    const { exitCode, err } = await keys(emergency, typing('rotate\n'));
    expect(exitCode).toBe(0);
    expect(err).toMatch(/people may have to sign in again;\n.*Type rotate to go on: $/s);
    expect(await ring()).toEqual({ ...unturned, ...turned(2, 'active', [...turning, ...certified]) });
  });

  it.each([
    ['another word is typed', typing('yes\n')],
    ['a person gives up', typing('')],
    ['nobody is there to ask', { input: 'rotate\n' }],
  ])('changes nothing when %s', async (_, input) => {
    await keys(['list']);
    const { exitCode, out, err } = await keys(emergency, input);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('is replaced now, and the old ones are gone:');
    expect(await ring()).toEqual({ ...resting, ...turned(1, 'active') });
  });

  it('replaces the keys of the uses that are named, and tells the consequence of those alone', async () => {
    const { exitCode, err } = await keys([...emergency, '--use', 'cookie-signing'], typing('rotate\n'));
    expect(exitCode).toBe(0);
    expect(err).toContain('people may have to sign in again');
    expect(err).not.toContain('metadata');
    const cookies = ['cookie-signing-hs256'];
    const others = turning.filter((id) => !cookies.includes(id));
    expect(await ring()).toEqual({ ...resting, ...turned(1, 'active', others), ...turned(2, 'active', cookies) });
  });

  it('says before it does it what SAML services will need', async () => {
    const { err } = await keys(emergency, typing('no\n'));
    expect(err).toContain('every SAML service refuses every login until it has the new metadata');
  });

  it('lets nobody name uses without an emergency, or uses that never turn', async () => {
    expect((await keys(['rotate', '--use', 'cookie-signing'])).exitCode).toBe(2);
    expect((await keys([...emergency, '--yes', '--use', 'pairwise'])).exitCode).toBe(2);
  });

  it('asks nobody in a dry run, and changes nothing', async () => {
    await keys(['list']);
    const { exitCode, out } = await keys([...emergency, '--dry-run']);
    expect(exitCode).toBe(0);
    expect(out).toContain('people may have to sign in again');
    expect(await ring()).toEqual({ ...resting, ...turned(1, 'active') });
  });
});

describe('keys certificate', () => {
  it('prints the certificate with which SAML is signed, made for the host of the issuer', async () => {
    const { exitCode, out } = await keys(['certificate']);
    expect(exitCode).toBe(0);
    const read = new X509Certificate(out);
    expect(read.subject).toBe('CN=localhost');
    expect(read.verify(read.publicKey)).toBe(true);
    const told = await json('certificate', `${saml}-1`);
    expect(told).toMatchObject({ ok: true, id: `${saml}-1`, fingerprint: read.fingerprint256 });
    expect(await json('list')).toMatchObject({
      keys: expect.arrayContaining([
        expect.objectContaining({
          id: `${saml}-1`,
          certificate: { fingerprint: read.fingerprint256, from: told.from, until: told.until },
        }),
      ]),
    });
    expect((await keys(['list'])).out).toContain(read.fingerprint256);
  });

  it.each([
    ['a key that is not there', `${saml}-9`, 'not_found'],
    ['a key without a certificate', 'pairwise-hs256-1', 'no_certificate'],
  ])('has none of %s', async (_, id, reason) => {
    expect(await json('certificate', id)).toMatchObject({ ok: false, refused: [{ reason }] });
  });
});
