/** `people import`: a document of persons, judged as a whole before anything is written. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { locateFindings } from '../base/document/problem.ts';
import { readYamlFile } from '../base/document/yaml-file.ts';
import { judgePeople } from '../core/people/document.ts';
import { enterPeople, peopleJson } from './people-report.ts';
import { problemsReport } from './report.ts';
import { peopleSurroundings } from './surroundings.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'import <file>',
  summary: 'add persons, and bring those that are known up to date',
  more: `A person is known by student number, staff number or login name. What the file leaves out stays as it was; nobody is
removed. config/people.example.yaml shows the form. Run again after a failure, it goes on where it stopped.`,
  json: peopleJson,
};

export const addPeopleImport = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, { config }) => {
      const file = resolve(call.terminal.folder, call.args[0] ?? '');
      const { tree, problems, positionOf } = readYamlFile(file);
      if (problems.length > 0) return problemsReport(problems, 'nothing was written');
      const judged = judgePeople(tree, peopleSurroundings(config));
      if (!judged.ok) return problemsReport(locateFindings(judged.findings, positionOf), 'nothing was written');
      return enterPeople(world, call.actor, judged.entries, positionOf);
    }),
  );
