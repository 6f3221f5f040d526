/** The command line in a folder of its own, with a real store on disk, run in this process with its output captured. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { Environment } from '../../src/config/environment.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { type Edges, type Ground, openGround } from '../../src/ground.ts';
import { testConfig } from '../support/sekisho.ts';

export interface Result {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  readonly folder: string;
  write(name: string, text: string): void;
  sekisho(argv: readonly string[], wishes?: Wishes): Promise<Result>;
  /** Runs with --json and answers the document. */
  json(argv: readonly string[], wishes?: Wishes): Promise<Record<string, unknown>>;
  onGround<T>(look: (ground: Ground) => Promise<T>): Promise<T>;
  /** How many events the audit trail holds: whatever changes anything adds one. */
  events(): Promise<number>;
}

export interface Wishes {
  readonly input?: Terminal['input'] | string;
  readonly environment?: Environment;
  readonly untilStopped?: () => Promise<void>;
  /** For looking at what is printed while the verb still runs. */
  readonly onOut?: (text: string) => void;
  readonly edges?: Edges;
  /** As whom the operating system knows them; `tester` unless said. */
  readonly operator?: string;
  /** As at a terminal that somebody watches. */
  readonly showsProgress?: boolean;
}

const kyoto = join(import.meta.dirname, '../../config/kyoto.yaml');

/** The worked example, with store and keys in `folder`. */
const settings = (folder: string): Environment => ({
  SEKISHO_CONFIG: kyoto,
  SEKISHO__MODE: 'development',
  SEKISHO__STORE__URL: `sqlite:${join(folder, 'sekisho.db')}`,
  SEKISHO__KEYS__DIRECTORY: join(folder, 'keys'),
  SEKISHO__LOG__LEVEL: 'silent',
  SEKISHO__SERVER__DRAIN: '0s',
  SEKISHO__KEYS__CERTIFICATES__BITS: '2048',
  SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '64',
  SEKISHO__PASSWORD__ARGON2__ITERATIONS: '1',
});

/** To be called at the top of a test file; what it answers gives the command line of the test that runs. */
export function commandLine(): () => CommandLine {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const sekisho = async (argv: readonly string[], wishes: Wishes = {}): Promise<Result> => {
    const written = { out: '', err: '' };
    const { input = '' } = wishes;
    const terminal: Terminal = {
      out(text) {
        written.out += text;
        wishes.onOut?.(text);
      },
      err(text) {
        written.err += text;
      },
      input: typeof input === 'string' ? Readable.from(input === '' ? [] : [input]) : input,
      environment: { ...settings(folder), ...wishes.environment },
      folder,
      operator: wishes.operator ?? 'tester',
      untilStopped: wishes.untilStopped ?? (async () => {}),
      ...(wishes.showsProgress === undefined ? {} : { showsProgress: wishes.showsProgress }),
    };
    const exitCode = await run(argv, terminal, wishes.edges);
    return { exitCode, ...written };
  };

  const onGround = async <T>(look: (ground: Ground) => Promise<T>): Promise<T> => {
    const ground = await openGround(testConfig(folder));
    try {
      return await look(ground);
    } finally {
      await ground.close();
    }
  };

  return () => ({
    folder,
    sekisho,
    onGround,
    write: (name, text) => writeFileSync(join(folder, name), text),
    json: async (argv, wishes) => JSON.parse((await sekisho([...argv, '--json'], wishes)).out),
    events: () => onGround(({ world }) => world.store.count(auditEvents, { index: 'byTime' })),
  });
}
