/** `connections import`: a document of connections, all of it or nothing. Secrets that it makes are shown here, once. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { locateFindings } from '../base/document/problem.ts';
import { readYamlFile } from '../base/document/yaml-file.ts';
import { judgeConnections } from '../core/connections/document.ts';
import type { FieldChange } from '../core/connections/field-changes.ts';
import { type PlannedConnection, planImport } from '../core/connections/plan-import.ts';
import { done, problemsReport } from './report.ts';
import { connectionSurroundings } from './surroundings.ts';
import { unprovenSectors } from './unproven-sectors.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'import <file>',
  summary: 'connect services, and bring connected ones up to date',
  more: `All of the file or nothing; what is not in it stays. "secret: generate" makes a client secret for a connection without
one; it is printed here and cannot be shown again. The list at a new sectorIdentifierUri is fetched, and has to name every
redirect address. config/connections.example.yaml shows the form.`,
  json: '{ connections: [{ id, outcome: "new" | "changed" | "unchanged", changes: [{ field, before?, after? }], secret? }] }',
};

export const addConnectionsImport = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, { config, outgoing }) => {
      const file = resolve(call.terminal.folder, call.args[0] ?? '');
      const { tree, problems, positionOf } = readYamlFile(file);
      if (problems.length > 0) return problemsReport(problems, 'nothing was written');
      const judged = judgeConnections(tree, connectionSurroundings(config, file));
      if (!judged.ok) return problemsReport(locateFindings(judged.findings, positionOf), 'nothing was written');
      const plan = await planImport(world, call.actor, judged.entries);
      const refused = [...plan.findings, ...(await unprovenSectors(outgoing, judged.entries, plan.connections))];
      if (refused.length > 0) return problemsReport(locateFindings(refused, positionOf), 'nothing was written');
      if (plan.writes.length > 0) await world.store.commit(plan.writes);
      // A rehearsal makes a secret too, and nobody must go away with one that was never stored.
      const told = plan.connections.map((one) => (call.isDryRun ? withoutSecret(one) : one));
      return done(told.flatMap(linesOf), {
        connections: told.map(({ kind, ...one }) => ({ ...one, outcome: kind })),
      });
    }),
  );

function withoutSecret({ secret: _made, ...rest }: PlannedConnection): PlannedConnection {
  return rest;
}

const linesOf = ({ id, kind, changes, secret }: PlannedConnection): readonly string[] => [
  `${id}: ${kind}`,
  ...changes.map(({ field, before, after }: FieldChange) => `  ${field}: ${shown(before)} → ${shown(after)}`),
  ...(secret === undefined ? [] : [`  client secret, shown only now: ${secret}`]),
];

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
