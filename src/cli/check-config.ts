/** `check-config`: everything that is wrong with the configuration, each with its place. Opens nothing. */
import type { Command } from 'commander';
import { chosenConfig } from './chosen-config.ts';
import { done, problemsReport } from './report.ts';
import { addVerb, type Run } from './verb.ts';

const words = {
  usage: 'check-config',
  summary: 'list everything that is wrong with the configuration',
  json: '{ file } or { file, problems: [{ path, message, position? }] }',
};

export const addCheckConfig = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, async ({ terminal, options }) => {
    const { file, loaded } = chosenConfig(terminal, options.config);
    if (loaded.ok) return done([`${file} is in order.`], { file });
    const report = problemsReport(loaded.problems, 'the configuration cannot be used');
    return { ...report, json: { file, ...report.json } };
  });
