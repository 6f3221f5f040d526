/** What surrounds a run of the command line; a test hands in its own. */
import { constants, userInfo } from 'node:os';
import type { Readable } from 'node:stream';
import { type Environment, readEnvironment } from '../config/environment.ts';

export interface Terminal {
  /** Writes to standard output; adds nothing. */
  out(text: string): void;
  /** Writes to standard error; adds nothing. */
  err(text: string): void;
  readonly input: Readable & { readonly isTTY?: boolean };
  /** Whether somebody watches standard error, so that a line on it may be written over. */
  readonly showsProgress?: boolean;
  readonly environment: Environment;
  /** Where relative paths start. */
  readonly folder: string;
  /** Who acts, for the audit trail: the name that the operating system gives. */
  readonly operator: string;
  /** Resolves when the process is asked to end. */
  untilStopped(): Promise<void>;
  /** Calls back each time that the process is asked to replace its workers. */
  onReplaceAsked?(act: () => void): void;
}

export const processTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: process.stdin,
  showsProgress: process.stderr.isTTY === true,
  environment: readEnvironment(),
  folder: process.cwd(),
  operator: operatorName(readEnvironment()),
  untilStopped,
  // Not SIGHUP: a terminal that closes sends it, and whoever closes it asks for nothing of the kind.
  onReplaceAsked: (act) => void process.on('SIGUSR2', act),
});

/** Milliseconds: npm passes on a Ctrl-C that the terminal has sent to all of them already. */
const echo = 1_000;

/** Asked a second time, the process ends at once: somebody has no patience for what is under way. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = (signal: NodeJS.Signals): void => {
      if (askedAt === undefined) {
        askedAt = performance.now();
        resolve();
      } else if (performance.now() - askedAt > echo) {
        process.exit(128 + constants.signals[signal]);
      }
    };
    process.on('SIGTERM', ask);
    process.on('SIGINT', ask);
  });
}

/**
 * Several people run commands as the server's own user, by sudo, which tells who they are: that is written down beside the
 * user, not in its place, since whoever is that user may tell anything.
 */
export function operatorName({ SUDO_USER: asked }: Environment): string {
  const present = presentUser();
  return asked && asked !== present ? `${asked} as ${present}` : present;
}

/** A container may run under a number that no name belongs to. */
function presentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
