/**
 * Kills a server under load with SIGKILL at random instants, starts it again on the same files, and asks for everything
 * that it had acknowledged. With a disk, the power goes with it: what was not synced is gone, too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { freePort } from '../support/sekisho.ts';
import { askAgain, type Held, logIn } from './ask-again.ts';
import { damageOf } from './damage.ts';
import { openDisk } from './disk.ts';
import { nothing, putUnderLoad } from './load.ts';
import { startServer } from './server-process.ts';

export interface KillReport extends Held {
  readonly kills: number;
  /** Milliseconds from the start of a process to its first answer, the longest. */
  readonly slowestStart: number;
}

export interface KillWishes {
  readonly kills: number;
  readonly cutsPower?: boolean;
  readonly say?: (line: string) => void;
}

const workers = 8;

export async function killRounds({ kills, cutsPower = false, say = () => undefined }: KillWishes): Promise<KillReport> {
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-fault-'));
  const port = await freePort();
  const disk = cutsPower ? openDisk(directory) : undefined;
  const issuer = `http://localhost:${port}`;
  const browser = new CookieBrowser();
  const failures: string[] = [];
  const held = { tokensHeld: 0, unusedCodesHeld: 0, usedCodesRefused: 0, unknownCodes: 0 };
  let slowestStart = 0;
  let seen = nothing();
  for (let round = 0; round <= kills; round += 1) {
    const startedAt = performance.now();
    const server = await startServer({ directory, port, environment: disk?.environment ?? {} });
    slowestStart = Math.max(slowestStart, performance.now() - startedAt);
    if (round === 0) await logIn(issuer, browser);
    const found = await askAgain(issuer, seen);
    failures.push(...found.failures.map((failure) => `after kill ${round}: ${failure}`));
    for (const key of Object.keys(held) as (keyof typeof held)[]) held[key] += found[key];
    seen = nothing();
    if (round < kills) {
      const refused = ({ status }: { status: number }) => {
        failures.push(`in round ${round + 1}: a single sign-on was answered with ${status}`);
      };
      const isOver = () => failures.length > 0;
      const load = Promise.all(
        Array.from({ length: workers }, () => putUnderLoad(issuer, browser, seen, { refused, isOver })),
      );
      // Chance is the point here: no two runs die in the same place.
      await setTimeout(50 + Math.random() * 450);
      await server.kill();
      await load;
      disk?.cutPower();
      say(`kill ${round + 1} of ${kills}: ${seen.used.length} tokens, ${seen.unused.length} codes acknowledged`);
    } else {
      await server.kill();
    }
  }
  failures.push(...damageOf(join(directory, 'sekisho.db')));
  rmSync(directory, { recursive: true, force: true });
  return { kills, ...held, failures, slowestStart: Math.round(slowestStart) };
}
