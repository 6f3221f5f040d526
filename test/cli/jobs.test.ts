import { describe, expect, it } from '@jest/globals';
import { hours } from '../../src/base/duration.ts';
import { keyRing } from '../../src/core/keys/ring.ts';
import { take } from '../../src/core/leases/hold.ts';
import { leases } from '../../src/core/leases/lease.ts';
import { replace } from '../../src/store/port.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine, type Wishes } from './command-line.ts';

const cli = commandLine();
const untilStopped = () => new Promise<void>(() => {});
const jobs = (argv: readonly string[], wishes: Wishes = {}) =>
  cli().sekisho(['jobs', ...argv], { untilStopped, ...wishes });
const json = (argv: readonly string[], wishes: Wishes = {}) =>
  cli().json(['jobs', ...argv], { untilStopped, ...wishes });
const leaseOf = (job: string) => cli().onGround(({ world }) => world.store.get(leases, job));

/** For an event in the audit trail. */
async function addPerson(): Promise<void> {
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--birth-date', '2007-05-01'];
  const { exitCode } = await cli().sekisho(['people', 'add', ...person, '--account', 'ecs,a0123456']);
  expect(exitCode).toBe(0);
}

describe('jobs list', () => {
  it('shows the schedule of what was never done, and that it is due', async () => {
    const { exitCode, out } = await jobs(['list']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/sweep +│ every 5m +│ never +│ due now/);
  });

  it('shows how the last turn went and when the next is', async () => {
    const clock = new FakeClock();
    await jobs(['run', 'key-rotation'], { edges: { clock } });
    const listed = await json(['list'], { edges: { clock } });
    expect(listed).toMatchObject({
      ok: true,
      jobs: expect.arrayContaining([
        {
          name: 'key-rotation',
          schedule: 'every 1h',
          lastStartedAt: '2026-04-10T08:00:00.000Z',
          lastFinishedAt: '2026-04-10T08:00:00.000Z',
          lastDoneAt: '2026-04-10T08:00:00.000Z',
          lastOutcome: 'done',
          failures: 0,
          nextAt: '2026-04-10T09:00:00.000Z',
        },
      ]),
    });
    expect((await jobs(['list'], { edges: { clock } })).out).toMatch(
      /key-rotation +│ every 1h +│ done, Fri 10 April 2026, 17:00 +│ Fri 10 April 2026, 18:00/,
    );
  });

  it('means times of day by the clocks of the university', async () => {
    const edges = { clock: new FakeClock() };
    const environment = { SEKISHO__AUDIT__RETENTION: '400d', SEKISHO__UNIVERSITY__TIMEZONE: 'Europe/Vienna' };
    await jobs(['run', 'audit-retention'], { edges, environment });
    // At 01:10 in UTC; in Japan it would be at 18:10.
    expect((await jobs(['list'], { edges, environment })).out).toMatch(/audit-retention .*│ Sat 11 April 2026, 3:10/);
  });

  it('shows who holds a job', async () => {
    await cli().onGround(({ world }) => take(world, { job: 'sweep', holder: 'node-1', length: hours(1) }, undefined));
    expect((await jobs(['list'])).out).toMatch(/sweep +│ every 5m +│ the first is under way +│ held by node-1/);
  });
});

describe('jobs run', () => {
  it('does a turn of the job and hands its lease back', async () => {
    expect(await jobs(['run', 'sweep'])).toEqual({ exitCode: 0, out: 'sweep: done.\n', err: '' });
    const lease = await leaseOf('sweep');
    expect(lease).toMatchObject({ lastOutcome: 'done' });
    expect(lease).not.toHaveProperty('holder');
  });

  it('writes what the job logs to standard error, so that standard output can be read by programs', async () => {
    await addPerson();
    const environment = { SEKISHO__LOG__LEVEL: 'info' };
    const { out, err } = await jobs(['run', 'audit-seal', '--json'], { environment });
    expect(JSON.parse(out)).toEqual({ ok: true, job: 'audit-seal', outcome: 'done' });
    expect(err).toContain('"audit checkpoint"');
  });

  it('does not run the job in a dry run', async () => {
    expect((await jobs(['run', 'sweep', '--dry-run'])).out).toBe(
      'sweep would be done now.\nNothing was changed (--dry-run).\n',
    );
    expect(await leaseOf('sweep')).toBeUndefined();
  });

  it('says in a dry run who holds the job', async () => {
    await cli().onGround(({ world }) => take(world, { job: 'sweep', holder: 'node-1', length: hours(1) }, undefined));
    expect(await json(['run', 'sweep', '--dry-run'])).toEqual({
      ok: true,
      dryRun: true,
      job: 'sweep',
      outcome: 'held',
      holder: 'node-1',
    });
  });

  it('is told to end: nothing more is begun, and it says so', async () => {
    await cli().onGround(({ world }) => take(world, { job: 'sweep', holder: 'node-1', length: hours(1) }, undefined));
    const stopped = await jobs(['run', 'sweep'], { untilStopped: async () => {} });
    expect(stopped).toMatchObject({ exitCode: 1, out: '' });
    expect(stopped.err).toContain('sweep: stopped before its end');
  });

  it('names the jobs when there is none of that name', async () => {
    const { exitCode, err } = await jobs(['run', 'dance']);
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'There is no job dance. The jobs: sweep, key-rotation, outbox, logout-messages, session-expiry, audit-seal',
    );
  });

  it('tells that a job failed, and why', async () => {
    await addPerson();
    // A ring without a key to sign with.
    await cli().onGround(async ({ world }) => {
      const key = await world.store.get(keyRing, 'audit-signing-eddsa-1');
      if (key) await world.store.commit([replace(keyRing, { ...key, state: 'retiring' })]);
    });
    const { exitCode, err } = await jobs(['run', 'audit-seal']);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/audit-seal: failed: .*no active audit-signing key/);
    expect((await jobs(['list'])).out).toMatch(/audit-seal +│ every 1s +│ failed, /);
  });
});
