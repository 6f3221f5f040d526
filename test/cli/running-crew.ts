/** A server of several processes, started by the command line as an operator starts it, with its log and its children. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { exchange, logIn, openParty, type Party } from '../support/relying-party.ts';
import { freePort, type TestSekisho } from '../support/sekisho.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const kyoto = join(import.meta.dirname, '../../config/kyoto.yaml');

export interface Line {
  readonly msg?: string;
  readonly pid?: number;
  readonly worker?: number;
  readonly login?: string;
  readonly level?: number;
  readonly listening?: { readonly port: number };
  readonly setupLink?: string;
  readonly workers?: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly issuer: string;
  readonly exited: Promise<readonly [code: number | null, signal: string | null]>;
  /** What it has printed and logged so far. */
  readonly lines: Line[];
  /** Its report, where it ends with one. */
  rest(): string;
  /** What stands on standard error. */
  err(): string;
  /** Resolves when there are `count` such lines, or when it ends. */
  until(isIt: (line: Line) => boolean, count?: number): Promise<void>;
  /** Of those that listen, and of those that have listened. */
  workers(): readonly number[];
}

/** Started, and not waited for. `pid` in its log is a process, `worker` one that the first process speaks of. */
export async function spawnCrew(directory: string, environment: Record<string, string> = {}): Promise<Running> {
  const port = String(await freePort());
  const issuer = environment.SEKISHO__SERVER__ISSUER ?? `http://localhost:${port}`;
  const child = spawn(process.execPath, [main, 'start', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      SEKISHO_CONFIG: kyoto,
      SEKISHO__MODE: 'development',
      SEKISHO__SERVER__ISSUER: issuer,
      SEKISHO__SERVER__LISTEN__PORT: port,
      SEKISHO__SERVER__WORKERS: '2',
      SEKISHO__SERVER__DRAIN: '1s',
      SEKISHO__STORE__URL: `sqlite:${join(directory, 'sekisho.db')}`,
      SEKISHO__KEYS__DIRECTORY: join(directory, 'keys'),
      SEKISHO__KEYS__CERTIFICATES__BITS: '2048',
      SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '64',
      SEKISHO__PASSWORD__ARGON2__ITERATIONS: '1',
      ...environment,
    },
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    // What a verb reports at its end is spread over several lines.
    if (line.startsWith('{"')) lines.push(JSON.parse(line));
    else rest += `${line}\n`;
    for (const look of waiting) look();
  });
  let err = '';
  child.stderr.on('data', (part) => {
    err += String(part);
  });
  return {
    child,
    issuer,
    exited,
    lines,
    err: () => err,
    rest: () => rest,
    async until(isIt, count = 1) {
      const met = new Promise<void>((resolve) => {
        const look = (): void => {
          if (lines.filter(isIt).length >= count) resolve();
        };
        waiting.add(look);
        look();
      });
      const ended = exited.then(([code, signal]) => {
        throw new Error(`it ended with ${code ?? signal}: ${JSON.stringify(lines)} ${rest} ${err}`);
      });
      await Promise.race([met, ended]);
    },
    workers: () => lines.flatMap(({ msg, worker }) => (msg === 'a worker listens' && worker ? [worker] : [])),
  };
}

export async function startCrew(directory: string, environment: Record<string, string> = {}): Promise<Running> {
  const running = await spawnCrew(directory, environment);
  await running.until(({ listening }) => listening !== undefined);
  // The log has a buffer of its own, and may come later.
  await running.until(({ msg }) => msg === 'a worker listens', Number(environment.SEKISHO__SERVER__WORKERS ?? '2'));
  return running;
}

/** Each of its requests has a connection of its own, which goes to the worker whose turn it is. */
export function movingBrowser(): CookieBrowser {
  const browser = new CookieBrowser();
  browser.headers.connection = 'close';
  return browser;
}

export const partyAt = ({ issuer }: Running): Promise<Party> => openParty({ issuer } as TestSekisho, 'library');

/** A login, or a single sign-on where the browser is known, to the exchange of its code: the access token. */
export async function visit({ issuer }: Running, party: Party, browser: CookieBrowser): Promise<string> {
  const { callback, begun } = await logIn({ issuer } as TestSekisho, party, browser);
  return (await exchange(party, callback, begun)).access_token;
}

/** Single sign-ons of several browsers, without a pause, until it is over. */
export class Load {
  /** The access tokens of those that were whole. */
  readonly whole: string[] = [];
  /** What went wrong, twice in a row where it may be tried again. */
  readonly failures: unknown[] = [];
  readonly #crew: Running;
  readonly #mayRepeat: boolean;
  #visits: readonly Promise<void>[] = [];
  #isOver = false;
  #waiting: { readonly count: number; resolve(): void } | undefined;

  constructor(crew: Running, { mayRepeat }: { readonly mayRepeat: boolean }) {
    this.#crew = crew;
    this.#mayRepeat = mayRepeat;
  }

  async start(browsers: number): Promise<void> {
    const party = await partyAt(this.#crew);
    const signedIn: CookieBrowser[] = [];
    // One after another: of two who prove one password at the same moment, one is asked again.
    while (signedIn.length < browsers) {
      const browser = signedIn.length % 2 === 0 ? new CookieBrowser() : movingBrowser();
      await visit(this.#crew, party, browser);
      signedIn.push(browser);
    }
    this.#visits = signedIn.map((browser) => this.#keepVisiting(party, browser));
  }

  /** Resolves when so many more are whole. */
  async more(count: number): Promise<void> {
    const met = Promise.withResolvers<void>();
    this.#waiting = { count: this.whole.length + count, resolve: met.resolve };
    await Promise.race([met.promise, Promise.all(this.#visits)]);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#visits);
  }

  async #keepVisiting(party: Party, browser: CookieBrowser): Promise<void> {
    while (!this.#isOver) {
      try {
        const again = (error: unknown): Promise<string> => {
          if (!this.#mayRepeat) throw error;
          return visit(this.#crew, party, browser);
        };
        this.whole.push(await visit(this.#crew, party, browser).catch(again));
      } catch (error) {
        this.failures.push({ error, cause: (error as Error).cause });
        return;
      }
      if (this.#waiting && this.whole.length >= this.#waiting.count) this.#waiting.resolve();
    }
  }
}

export const passed = 'sekisho_logins_total{protocol="oidc",connection="library",outcome="passed"}';

/** What is worse than a warning, and what nobody caught. */
export const complaints = ({ lines, err }: Running) =>
  [...lines.filter(({ level = 0 }) => level > 40), err()].filter(Boolean);

export async function sampleOf({ issuer }: Running, series: string): Promise<number | undefined> {
  const answer = await fetch(`${issuer}/metrics`, { headers: { connection: 'close' } });
  const line = (await answer.text()).split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

export const untilNotReady = async ({ issuer }: Running): Promise<void> => {
  while ((await fetch(`${issuer}/readyz`)).status === 200);
};
