/**
 * Kills a server under load with SIGKILL at random instants, starts it again on the same files, and asks for everything
 * that it had acknowledged: the session, every token, every code, each code once only.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Connection } from '../../src/store/sqlite/connection.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { follow, submit } from '../support/relying-party.ts';
import { freePort, goodPassword } from '../support/sekisho.ts';
import { type Acknowledged, authorize, nothing, putUnderLoad, redeem } from './load.ts';

export interface KillReport {
  readonly kills: number;
  readonly tokensHeld: number;
  readonly unusedCodesHeld: number;
  readonly usedCodesRefused: number;
  /** Codes whose answer was lost in the crash, and which were then refused or accepted. */
  readonly unknownCodes: number;
  /** What did not hold; empty where all is well. */
  readonly failures: readonly string[];
  /** Milliseconds from the start of a process to its first answer, the longest. */
  readonly slowestStart: number;
}

const workers = 8;
/** At most so many of each kind are asked for after a round, the newest: a crash can only lose the newest. */
const asked = 60;

export async function killRounds(kills: number, say: (line: string) => void = () => undefined): Promise<KillReport> {
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-fault-'));
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const browser = new CookieBrowser();
  const failures: string[] = [];
  const held = { tokensHeld: 0, unusedCodesHeld: 0, usedCodesRefused: 0, unknownCodes: 0 };
  let slowestStart = 0;
  let seen = nothing();
  for (let round = 0; round <= kills; round += 1) {
    const startedAt = performance.now();
    const server = await start(directory, port);
    slowestStart = Math.max(slowestStart, performance.now() - startedAt);
    if (round === 0) await logIn(issuer, browser);
    const found = await askAgain(issuer, seen);
    failures.push(...found.failures.map((failure) => `after kill ${round}: ${failure}`));
    for (const key of Object.keys(held) as (keyof typeof held)[]) held[key] += found[key];
    seen = nothing();
    if (round < kills) {
      const load = Promise.allSettled(Array.from({ length: workers }, () => putUnderLoad(issuer, browser, seen)));
      // Chance is the point here: no two runs die in the same place.
      await setTimeout(50 + Math.random() * 450);
      await kill(server);
      for (const end of await load) if (end.status === 'rejected') failures.push(String(end.reason));
      say(`kill ${round + 1} of ${kills}: ${seen.used.length} tokens, ${seen.unused.length} codes acknowledged`);
    } else {
      await kill(server);
    }
  }
  const verdict = integrityOf(join(directory, 'sekisho.db'));
  if (verdict !== 'ok') failures.push(`the file is damaged: ${verdict}`);
  rmSync(directory, { recursive: true, force: true });
  return { kills, ...held, failures, slowestStart: Math.round(slowestStart) };
}

async function askAgain(issuer: string, seen: Acknowledged) {
  const failures: string[] = [];
  const tokens = seen.accessTokens.slice(-asked);
  for (const token of tokens) {
    const { status } = await fetch(`${issuer}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    if (status !== 200) failures.push(`an access token that was sent is not known (${status})`);
  }
  const unused = seen.unused.slice(-asked);
  for (const code of unused) {
    const first = await redeem(issuer, code);
    if (first.status !== 200) failures.push(`a code that was sent is not known (${first.error})`);
  }
  // Last: presenting a code twice revokes its grant, and with it every token under it.
  for (const code of seen.unknown) {
    const answers = [await redeem(issuer, code), await redeem(issuer, code)];
    if (answers[1]?.status === 200) failures.push('a code whose answer was lost was accepted twice');
  }
  const used = [...seen.used.slice(-asked), ...unused];
  for (const code of used) {
    const { status } = await redeem(issuer, code);
    if (status !== 400) failures.push(`a used code was answered with ${status}`);
  }
  return {
    failures,
    tokensHeld: tokens.length,
    unusedCodesHeld: unused.length,
    usedCodesRefused: used.length,
    unknownCodes: seen.unknown.length,
  };
}

async function start(directory: string, port: number): Promise<ChildProcess> {
  const module = new URL('server.ts', import.meta.url);
  const child = fork(module, [directory, String(port)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the server did not start again'))),
  ]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function logIn(issuer: string, browser: CookieBrowser): Promise<void> {
  const { page } = await follow(browser, issuer, '/login');
  if (!page) throw new Error('no login page');
  await submit(browser, issuer, page, { username: 'a0123456', password: goodPassword });
  if (!(await authorize(issuer, browser))) throw new Error('the login failed');
}

function integrityOf(path: string): unknown {
  const connection = new Connection({ path, busyTimeoutMs: 1_000 });
  const verdict = connection.row('PRAGMA integrity_check')?.[0];
  connection.close();
  return verdict;
}
