/**
 * Runs dependency-cruiser over the `src` of a folder. As a process of its own, because the cruiser keeps caches and
 * changes directory; with a count of modules, because without a parser for TypeScript it "finds no violation" in none.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const rulesFile = join(root, '.dependency-cruiser.cjs');

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Cruise {
  /** Files of ours that were read. */
  readonly sources: number;
  readonly violations: readonly Violation[];
}

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

export async function cruise(folder: string = root): Promise<Cruise> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const output = await standardOutput([program, 'src', '--config', rulesFile, '--output-type', 'json'], folder);
  const report = JSON.parse(output) as Report;
  return {
    sources: report.modules.filter(({ source }) => source.startsWith('src/')).length,
    violations: report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

export function ruleNames(): string[] {
  const { forbidden } = createRequire(import.meta.url)(rulesFile) as {
    forbidden: readonly { readonly name: string }[];
  };
  return forbidden.map(({ name }) => name);
}

function standardOutput(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`dependency-cruiser failed: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
