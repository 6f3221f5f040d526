/** Programs that a test runs beside Sekisho: on loopback, in a folder of their own, ended by their own process ids. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Program {
  /** What it has written so far, on both outputs. */
  said(): string;
  end(): Promise<void>;
}

export interface Starting {
  readonly environment?: Readonly<Record<string, string>>;
  /** Asked again and again until it is. */
  readonly isUp: () => Promise<boolean>;
}

/** @throws Error with what it said, when it ends before it is up. */
export async function startProgram(path: string, args: readonly string[], starting: Starting): Promise<Program> {
  const child = spawn(path, args, { env: { ...process.env, ...starting.environment }, stdio: 'pipe' });
  let written = '';
  const keep = (part: Buffer): void => {
    written += part.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let failure: unknown;
  child.once('error', (error) => {
    failure = error;
  });
  while (!(await starting.isUp())) {
    if (failure !== undefined || child.exitCode !== null) {
      throw new Error(`${path} ended with ${failure ?? child.exitCode}\n${written}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { said: () => written, end: () => end(child) };
}

/** Whether a web server answers there, whatever it answers. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Whether somebody listens at this socket of the file system. */
export function listens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

export interface Folder {
  readonly path: string;
  write(name: string, text: string): string;
  remove(): void;
}

/** Open to the account to which some of the programs change. */
export function openFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'sekisho-counterpart-'));
  chmodSync(path, 0o755);
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
