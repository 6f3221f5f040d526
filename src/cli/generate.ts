/** `generate`: the manuals that are made of the source. `--check` fails when one of them is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { renderReference } from '../config/reference.ts';
import { renderCommandLine } from './command-line-manual.ts';
import { done, refused } from './report.ts';
import { addVerb, type Run } from './verb.ts';

const words = {
  usage: 'generate',
  summary: 'write config/reference.md and docs/command-line.md anew',
  more: 'For those who work on Sekisho; run it in the folder of the source.',
  json: '{ files: [{ file, outcome: "fresh" | "written" }] }; with --check and ok false: outcome "stale"',
};

const check = new Option('--check', 'change nothing; exit with 1 when a file is stale');

export const addGenerate = (parent: Command, run: Run): Command =>
  addVerb<{ readonly check?: boolean }>(
    parent,
    run,
    words,
    async ({ terminal, options }) => {
      const generated = [
        { file: 'config/reference.md', text: renderReference() },
        { file: 'docs/command-line.md', text: renderCommandLine(parent) },
      ];
      const files = generated.map(({ file, text }) => {
        const path = resolve(terminal.folder, file);
        if (existsSync(path) && readFileSync(path, 'utf8') === text) return { file, outcome: 'fresh' };
        if (options.check) return { file, outcome: 'stale' };
        writeFileSync(path, text);
        return { file, outcome: 'written' };
      });
      const lines = files.map(({ file, outcome }) => `${file}: ${outcome}`);
      if (!files.some(({ outcome }) => outcome === 'stale')) return done(lines, { files });
      return refused([...lines, 'npm run generate writes them anew.'], { files });
    },
    [check],
  );
