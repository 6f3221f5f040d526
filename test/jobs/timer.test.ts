import { describe, expect, it } from '@jest/globals';
import { systemTimer } from '../../src/jobs/timer.ts';

const never = new AbortController().signal;

describe('systemTimer', () => {
  it('waits by its own stopwatch', async () => {
    const begun = systemTimer.elapsed();
    await systemTimer.wait(2, never);
    // Node counts whole milliseconds and may end within the last one.
    expect(systemTimer.elapsed() - begun).toBeGreaterThan(0.5);
  });

  it('ends at once when its signal is aborted, before or during the wait', async () => {
    await systemTimer.wait(86_400_000, AbortSignal.abort());
    const asked = new AbortController();
    const waited = systemTimer.wait(86_400_000, asked.signal);
    asked.abort();
    await expect(waited).resolves.toBeUndefined();
  });

  it('does not end at once a wait that is longer than Node’s timers reach', async () => {
    const asked = new AbortController();
    let hasEnded = false;
    const waited = systemTimer.wait(2 ** 40, asked.signal).then(() => {
      hasEnded = true;
    });
    await systemTimer.wait(5, never);
    expect(hasEnded).toBe(false);
    asked.abort();
    await waited;
  });
});
