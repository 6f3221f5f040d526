/** A server in a process of its own, and its use of processor and memory. What it says on standard error is shown if it fails. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';
import type { FromServer, Ready, Usage } from './servers/messages.ts';
import { clientId, clientSecret, redirectUri, settings } from './university.ts';

export interface Measured {
  readonly ready: Ready;
  usage(): Promise<Usage>;
  /** SIGTERM unless said. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const tellUsage = fileURLToPath(new URL('servers/tell-usage.js', import.meta.url));

let hasStarted = false;

/** The flags with which `npm start` runs the server, so that what is measured is what people run. */
export const startFlags = (): readonly string[] => {
  const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
};

/**
 * Sekisho itself, on the store of `directory`, from the start of its process to the first `ready`. The second start of it:
 * the first fills the compile cache, where a change to the source has left it without.
 */
export async function startSekisho(
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Measured & { readonly startMilliseconds: number }> {
  if (!hasStarted) {
    hasStarted = true;
    await (await startSekisho(directory, environment)).stop();
  }
  const port = await freePort();
  const env = { ...process.env, ...settings(directory, port), ...environment };
  const startedAt = performance.now();
  const child = open(`${root}/bin/sekisho.js`, ['start'], { execArgv: [...startFlags(), '--import', tellUsage], env });
  const issuer = `http://localhost:${port}`;
  await untilReady(child.process, `${issuer}/readyz`);
  const startMilliseconds = performance.now() - startedAt;
  return { ...measured(child, { issuer, clientId, clientSecret, redirectUri }), startMilliseconds };
}

/** One of the servers that Sekisho is held against. Answers the cookies of those who are signed in, where it has any. */
export async function startCeiling(
  name: 'bare-provider' | 'hash-only',
  args: readonly string[],
): Promise<Measured & { readonly cookies: readonly string[] }> {
  const port = await freePort();
  const module = fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url));
  const child = open(module, [String(port), ...args], { execArgv: ['--import', tellUsage] });
  const { cookies } = await hear(child, 'ready');
  const issuer = `http://localhost:${port}`;
  return { ...measured(child, { issuer, clientId, clientSecret, redirectUri }), cookies };
}

interface Opened {
  readonly process: ChildProcess;
  /** Rejects when the process ends; never resolves. */
  readonly ended: Promise<never>;
}

function open(module: string, args: readonly string[], options: Parameters<typeof fork>[2]): Opened {
  const child = fork(module, args, { ...options, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (part) => {
    said += String(part);
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the measured server ended with ${code}\n${said}`);
  });
  // Whoever waits for an answer is told; nobody else needs to be.
  ended.catch(() => undefined);
  return { process: child, ended };
}

function measured(child: Opened, ready: Ready): Measured {
  return {
    ready,
    async usage() {
      const heard = hear(child, 'usage');
      child.process.send('usage');
      return heard;
    },
    async stop(signal = 'SIGTERM') {
      const ended = once(child.process, 'exit');
      child.process.kill(signal);
      await ended;
    },
  };
}

type Heard<Kind extends FromServer['kind']> = Extract<FromServer, { readonly kind: Kind }>;

function hear<Kind extends FromServer['kind']>({ process: child, ended }: Opened, kind: Kind): Promise<Heard<Kind>> {
  let listen = (_message: FromServer): void => undefined;
  const heard = new Promise<Heard<Kind>>((resolve) => {
    listen = (message) => {
      if (message.kind === kind) resolve(message as Heard<Kind>);
    };
    child.on('message', listen);
  });
  return Promise.race([heard, ended]).finally(() => child.off('message', listen));
}

/** Asks every few milliseconds: what comes between two questions is measured as part of the start. */
async function untilReady(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the server ended with ${child.exitCode} before it was ready`);
}
