/** A server in a process of its own: started, asked for its log, killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

export interface ServerProcess {
  /** What it logged at `warn` and above since it started. */
  log(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  kill(): Promise<void>;
}

export interface Place {
  readonly directory: string;
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startServer({ directory, port, environment = {} }: Place): Promise<ServerProcess> {
  const module = new URL('server.ts', import.meta.url);
  const child = fork(module, [directory, String(port)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ...environment },
  });
  await answerOf(child);
  return {
    async log() {
      child.send('log');
      const lines = (await answerOf(child)) as readonly string[];
      return lines.map((line) => JSON.parse(line));
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  try {
    const [answer] = await Promise.race([
      once(child, 'message', { signal: over.signal }),
      once(child, 'exit', { signal: over.signal }).then(() => Promise.reject(new Error('the server has ended'))),
    ]);
    return answer;
  } finally {
    over.abort();
  }
}
