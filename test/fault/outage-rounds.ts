/**
 * Takes the disk from a server under load and gives it back: what cannot be written is refused in words, what can be read
 * is answered, and afterwards the same process goes on. Then it is killed, with or without the power, and everything that it
 * had acknowledged is asked for.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { freePort } from '../support/sekisho.ts';
import { askAgain, askForTokens, type Held, logIn } from './ask-again.ts';
import { damageOf } from './damage.ts';
import { type Disk, type DiskFault, openDisk } from './disk.ts';
import { type Acknowledged, nothing, putUnderLoad } from './load.ts';
import { judgeLog, lookAround } from './look-around.ts';
import { type ServerProcess, startServer } from './server-process.ts';

export interface OutageReport extends Held {
  readonly outages: number;
  /** Requests that were told that the server cannot write. */
  readonly refusals: number;
  /** How often the disk said no. */
  readonly diskFailures: number;
  /** Single sign-ons that went through after the disk was back, in the same process. */
  readonly afterwards: number;
}

export interface OutageWishes {
  readonly fault: DiskFault;
  readonly outages: number;
  readonly say?: (line: string) => void;
}

interface Stage {
  readonly issuer: string;
  readonly browser: CookieBrowser;
  readonly disk: Disk;
  readonly fault: DiskFault;
  readonly server: ServerProcess;
  readonly seen: Acknowledged;
  readonly failures: string[];
}

const workers = 8;
/** So many refusals make an outage, and so many sign-ons show that it is over. */
const enough = 40;

export async function outageRounds({ fault, outages, say = () => undefined }: OutageWishes): Promise<OutageReport> {
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-outage-'));
  const port = await freePort();
  const disk = openDisk(directory);
  const issuer = `http://localhost:${port}`;
  const browser = new CookieBrowser();
  const failures: string[] = [];
  const held = { tokensHeld: 0, unusedCodesHeld: 0, usedCodesRefused: 0, unknownCodes: 0 };
  const counted = { refusals: 0, afterwards: 0 };
  let seen = nothing();
  for (let round = 0; round <= outages; round += 1) {
    const server = await startServer({ directory, port, environment: disk.environment });
    if (round === 0) await logIn(issuer, browser);
    const found = await askAgain(issuer, seen);
    failures.push(...found.failures.map((failure) => `after outage ${round}: ${failure}`));
    for (const key of Object.keys(held) as (keyof typeof held)[]) held[key] += found[key];
    seen = nothing();
    if (round < outages) {
      const stage = { issuer, browser, disk, fault, server, seen, failures };
      // Every other process dies while its disk still fails: the one after it must not build on what never was written.
      const { refusals, afterwards } = await liveThrough(stage, round % 2 === 0);
      counted.refusals += refusals;
      counted.afterwards += afterwards;
      say(`outage ${round + 1} of ${outages}: ${refusals} refused, ${afterwards} signed on afterwards`);
    }
    await server.kill();
    disk.turn(fault, false);
    // Not after each: what the memory of the machine holds on to, and what is lost with it, are two ways to go wrong.
    if (round % 4 >= 2) disk.cutPower();
  }
  failures.push(...damageOf(join(directory, 'sekisho.db')));
  const diskFailures = disk.failures();
  rmSync(directory, { recursive: true, force: true });
  return { outages, ...counted, diskFailures, ...held, failures };
}

async function liveThrough(stage: Stage, isOvercome: boolean): Promise<{ refusals: number; afterwards: number }> {
  const { issuer, browser, disk, fault, server, seen, failures } = stage;
  const refusals = counter();
  const signOns = counter();
  let isOver = false;
  const encounters = {
    signedOn: signOns.add,
    refused({ status, told }: { readonly status: number; readonly told: string }) {
      refusals.add();
      if (status !== 503) failures.push(`a refusal came with ${status}: ${told.slice(0, 200)}`);
      // A program is told its word, a person a page.
      else if (told !== 'temporarily_unavailable' && !told.includes('class="incident"')) {
        failures.push(`a refusal without words: ${told.slice(0, 200)}`);
      }
    },
    isOver: () => isOver,
  };
  const load = Promise.all(Array.from({ length: workers }, () => putUnderLoad(issuer, browser, seen, encounters)));
  await signOns.reached(enough);
  const before = [...seen.accessTokens];
  disk.turn(fault, true);
  await refusals.reached(enough);
  failures.push(...(await lookAround(issuer, browser, 'failing')), ...(await askForTokens(issuer, before.slice(-20))));
  if (!isOvercome) {
    isOver = true;
    await load;
    return { refusals: refusals.count(), afterwards: 0 };
  }
  disk.turn(fault, false);
  const then = signOns.count();
  // Nobody asks whether it is ready: the next writes find out by themselves.
  await signOns.reached(then + enough);
  isOver = true;
  await load;
  failures.push(...(await lookAround(issuer, browser, 'well')), ...judgeLog(await server.log()));
  return { refusals: refusals.count(), afterwards: signOns.count() - then };
}

/** Counts, and says when it has counted far enough. */
function counter() {
  let count = 0;
  const waiting: { readonly goal: number; readonly done: () => void }[] = [];
  return {
    count: () => count,
    add() {
      count += 1;
      for (const { goal, done } of waiting) if (count >= goal) done();
    },
    reached: (goal: number): Promise<void> =>
      new Promise((done) => (count >= goal ? done() : waiting.push({ goal, done }))),
  };
}
