/** What holds of a server of two workers whichever store it has: real processes, real signals, real logins. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { leases } from '../../../src/core/leases/lease.ts';
import { openGround } from '../../../src/ground.ts';
import { jobsOf } from '../../../src/node-jobs.ts';
import type { OpenFreshStore } from '../../nodes/stores.ts';
import { testConfig } from '../../support/sekisho.ts';
import { complaints, Load, passed, sampleOf, untilNotReady } from '../running-crew.ts';
import { openStage, type Stage } from './stage.ts';

export function describeCrew(openFreshStore: OpenFreshStore): void {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(openFreshStore);
  }, 120_000);
  afterEach(() => stage?.close());

  it('loses nothing that was answered when one is killed under load, has another at once, and counts on', async () => {
    const running = await stage.start();
    const [first = 0] = running.workers();
    const load = new Load(running, { mayRepeat: true });
    await load.start(6);
    await load.more(20);
    const before = (await sampleOf(running, passed)) ?? 0;
    expect(before).toBeGreaterThan(20);
    process.kill(first, 'SIGKILL');
    await running.until(({ msg }) => msg === 'a worker died');
    const answered = load.whole.length;
    await load.more(10);
    await running.until(({ msg }) => msg === 'a worker listens', 3);
    await load.more(10);
    await load.end();
    expect(load.failures).toEqual([]);
    // The last that were answered before it died, and the first after.
    for (const token of load.whole.slice(Math.max(0, answered - 30), answered + 10)) {
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${running.issuer}/oidc/userinfo`, { headers })).status).toBe(200);
    }
    // The dead one's are among them, as they were last seen.
    expect(await sampleOf(running, passed)).toBeGreaterThan(before + 20);
    expect(await sampleOf(running, 'sekisho_worker_deaths_total')).toBe(1);
    expect(await sampleOf(running, 'sekisho_workers')).toBe(2);
  }, 180_000);

  it('fails no request when it is asked to end, hands back every lease and exits with 0', async () => {
    const running = await stage.start();
    const load = new Load(running, { mayRepeat: false });
    await load.start(6);
    await load.more(10);
    // As systemd and a terminal do: to all of them.
    for (const pid of [...running.workers(), running.child.pid ?? 0]) process.kill(pid, 'SIGTERM');
    await untilNotReady(running);
    await load.end();
    expect(load.failures).toEqual([]);
    expect(await running.exited).toEqual([0, null]);
    expect(await leasesHeld(stage)).toEqual([]);
    expect(complaints(running)).toEqual([]);
    expect(running.lines.at(-1)).toMatchObject({ pid: running.child.pid, msg: 'ended' });
  }, 180_000);
}

async function leasesHeld({ directory, environment }: Stage): Promise<string[]> {
  const ground = await openGround(testConfig(directory, environment));
  try {
    const records = await Promise.all(jobsOf(ground).map(({ name }) => ground.world.store.get(leases, name)));
    return records.filter((lease) => lease?.holder !== undefined).map((lease) => lease?.id ?? '');
  } finally {
    await ground.close();
  }
}
