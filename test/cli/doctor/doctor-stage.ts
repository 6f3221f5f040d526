/** `sekisho doctor` in a folder of its own, and what its tests say of findings. */
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { CheckName, Finding, Severity } from '../../../src/cli/doctor/finding.ts';
import type { Ground } from '../../../src/ground.ts';
import { type CommandLine, commandLine, type Wishes } from '../command-line.ts';

export const hour = 3_600_000;

export interface Consultation {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Severity, number>>;
}

export interface DoctorStage {
  readonly cli: () => CommandLine;
  /** A file in the folder of the test. */
  path(name: string): string;
  consult(argv?: readonly string[], wishes?: Wishes): Promise<Consultation>;
  /** What it says of one thing, the good left out. */
  findingsOn(check: CheckName, wishes?: Wishes, argv?: readonly string[]): Promise<readonly Finding[]>;
  /** A store with its keys, as a first start leaves it. */
  begin(act?: (ground: Ground) => Promise<unknown>): Promise<unknown>;
}

/** To be called at the top of a test file. */
export function doctorStage(): DoctorStage {
  const cli = commandLine();
  const consult: DoctorStage['consult'] = async (argv = [], wishes = {}) =>
    (await cli().json(['doctor', ...argv], wishes)) as unknown as Consultation;
  return {
    cli,
    consult,
    path: (name) => join(cli().folder, name),
    findingsOn: async (check, wishes = {}, argv = []) =>
      (await consult(argv, wishes)).findings.filter((one) => one.check === check && one.severity !== 'ok'),
    begin: (act = async () => {}) => cli().onGround(act),
  };
}

export const says = (severity: Severity, what: RegExp, todo: RegExp = /./): unknown[] => [
  { check: expect.any(String), severity, what: expect.stringMatching(what), todo: expect.stringMatching(todo) },
];

export const production = (more: Record<string, string> = {}): Wishes => ({
  environment: {
    SEKISHO__MODE: 'production',
    SEKISHO__SERVER__ISSUER: 'https://login.example.ac.jp',
    SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '19456',
    SEKISHO__PASSWORD__ARGON2__ITERATIONS: '2',
    ...more,
  },
});

export const at = (now: number): Wishes => ({ edges: { clock: { now: () => now } } });
