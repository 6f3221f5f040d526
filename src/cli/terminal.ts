/** What surrounds a run of the command line; a test hands in its own. */
import { userInfo } from 'node:os';
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
}

export const processTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: process.stdin,
  showsProgress: process.stderr.isTTY === true,
  environment: readEnvironment(),
  folder: process.cwd(),
  operator: operatorName(),
  untilStopped: () =>
    new Promise((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    }),
});

/** A container may run under a number that no name belongs to. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
