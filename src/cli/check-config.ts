/** `check-config`: everything that is wrong with the configuration, each with its place. Opens nothing. */
import type { Command } from 'commander';
import { cautionsOf } from '../config/rules/cautions.ts';
import { chosenConfig } from './chosen-config.ts';
import { done, problemsReport } from './report.ts';
import { addVerb, type Run } from './verb.ts';

const words = {
  usage: 'check-config',
  summary: 'list everything that is wrong with the configuration',
  json: '{ file, notes } or { file, problems: [{ path, message, position? }] }',
};

export const addCheckConfig = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, async ({ terminal, options }) => {
    const { file, loaded } = chosenConfig(terminal, options.config);
    if (loaded.ok) {
      const notes = cautionsOf(loaded.config).map(({ what, todo }) => `${what}. ${todo}`);
      return done([`${file} is in order.`, ...notes.map((note) => `Note: ${note}`)], { file, notes });
    }
    const report = problemsReport(loaded.problems, 'the configuration cannot be used');
    return { ...report, json: { file, ...report.json } };
  });
