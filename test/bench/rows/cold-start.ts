/** From the start of the process to the first `ready`, with a million accounts: after an orderly end, and after a kill. */
import { type Measured, startSekisho } from '../measured.ts';
import { signIn } from '../password-login.ts';
import { median } from '../round.ts';
import type { Finding, Row } from '../row.ts';
import { singleSignOn } from '../single-sign-on.ts';
import { openUniversity, type University } from '../university.ts';
import { large } from './growth.ts';

const rounds = 5;

export const coldStartRow: Row = {
  name: 'cold-start',
  async run(say) {
    const university = await openUniversity(large, say);
    const orderly: Start[] = [];
    const killed: Start[] = [];
    for (let at = 0; at < rounds; at += 1) {
      const first = await startSekisho(university.directory);
      orderly.push(await startOf(first));
      await killUnderLoad(first, university);
      const second = await startSekisho(university.directory);
      killed.push(await startOf(second));
      await second.stop();
    }
    university.close();
    return [finding('after an orderly end', orderly), finding('after SIGKILL under load', killed)];
  },
};

interface Start {
  readonly milliseconds: number;
  /** Of the processor: what remains of it on a machine that is busy with other things. */
  readonly cpuSeconds: number;
}

const startOf = async (server: Awaited<ReturnType<typeof startSekisho>>): Promise<Start> => ({
  milliseconds: Math.round(server.startMilliseconds),
  cpuSeconds: (await server.usage()).cpuSeconds,
});

async function killUnderLoad(server: Measured, { credentials }: University): Promise<void> {
  const enter = await singleSignOn(server.ready, await signIn(server.ready, credentials, 4));
  let entered = 0;
  // What was not answered when it was killed fails, and is not what is measured.
  const worker = async (): Promise<void> => {
    for (;;) await enter(entered++);
  };
  const load = Promise.allSettled(Array.from({ length: 8 }, worker));
  while (entered < 300) await new Promise((resolve) => setImmediate(resolve));
  await server.stop('SIGKILL');
  await load;
}

function finding(how: string, starts: readonly Start[]): Finding {
  const seconds = median(starts.map(({ milliseconds }) => milliseconds)) / 1000;
  return {
    what: `cold start to ready with 1,000,000 accounts, ${how}`,
    measured: `${seconds.toFixed(2)} s (${median(starts.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2)} of processor)`,
    value: seconds,
    budget: { most: 1.5 },
    more: { starts },
  };
}
