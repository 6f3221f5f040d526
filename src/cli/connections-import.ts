/** `connections import`: a document of connections, all of it or nothing. Secrets that it makes are shown here, once. */
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Finding, locateFindings, pathText } from '../base/document/problem.ts';
import { readYamlFile } from '../base/document/yaml-file.ts';
import { judgeConnections } from '../core/connections/document.ts';
import type { FieldChange } from '../core/connections/field-changes.ts';
import { type PlannedConnection, planImport } from '../core/connections/plan-import.ts';
import { readKeys } from '../core/keys/ring.ts';
import { readNamedMetadata } from './read-metadata.ts';
import { done, problemsReport } from './report.ts';
import { connectionSurroundings } from './surroundings.ts';
import { printable } from './table.ts';
import { unprovenSectors } from './unproven-sectors.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'import <file>',
  summary: 'connect services, and bring connected ones up to date',
  more: `All of the file or nothing; what is not in it stays. "secret: generate" makes a client secret for a connection without
one; it is printed here and cannot be shown again. The list at a new sectorIdentifierUri is fetched, and has to name every
redirect address. The metadata of a SAML service is read from a file beside the document, or fetched; what it says, and what is
worth knowing, is told as notes. config/connections.example.yaml and config/connections.saml.example.yaml show the form.`,
  json: '{ connections: [{ id, outcome: "new" | "changed" | "unchanged", changes: [{ field, before?, after? }], secret?, notes?: [text] }] }',
};

export const addConnectionsImport = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, { config, outgoing }) => {
      const file = resolve(call.terminal.folder, call.args[0] ?? '');
      const { tree, problems, positionOf } = readYamlFile(file);
      if (problems.length > 0) return problemsReport(problems, 'nothing was written');
      const keys = (await readKeys(world.store)).filter(({ use }) => use === 'saml-signing');
      const metadata = await readNamedMetadata(tree, { outgoing, folder: dirname(file) });
      const found = { now: world.clock.now(), keys, metadata };
      const judged = judgeConnections(tree, connectionSurroundings(config, file, found));
      const refusing = (findings: readonly Finding[]) =>
        problemsReport(locateFindings(findings.map(printed), positionOf), 'nothing was written');
      if (!judged.ok) return refusing(judged.findings);
      const plan = await planImport(world, call.actor, judged.entries);
      const refused = [...plan.findings, ...(await unprovenSectors(outgoing, judged.entries, plan.connections))];
      if (refused.length > 0) return refusing(refused);
      if (plan.writes.length > 0) await world.store.commit(plan.writes);
      // A rehearsal makes a secret too, and nobody must go away with one that was never stored.
      const told = plan.connections.map(({ notes = [], ...one }, place) => ({
        ...(call.isDryRun ? withoutSecret(one) : one),
        ...notesOf([...ofOne(judged.notes, place), ...notes]),
      }));
      return done(told.flatMap(linesOf), {
        connections: told.map(({ kind, ...one }) => ({ ...one, outcome: kind })),
      });
    }),
  );

/** What metadata says stands in it too. */
const printed = ({ path, message }: Finding): Finding => ({ path, message: printable(message) });

function withoutSecret({ secret: _made, ...rest }: Omit<PlannedConnection, 'notes'>): Omit<PlannedConnection, 'notes'> {
  return rest;
}

interface Told extends Omit<PlannedConnection, 'notes'> {
  readonly notes?: readonly string[];
}

const linesOf = ({ id, kind, changes, secret, notes = [] }: Told): readonly string[] => [
  `${id}: ${kind}`,
  ...changes.map(({ field, before, after }: FieldChange) =>
    printable(`  ${field}: ${shown(before)} → ${shown(after)}`),
  ),
  ...(secret === undefined ? [] : [`  client secret, shown only now: ${secret}`]),
  ...notes.map((note) => `  note: ${printable(note)}`),
];

/** Those of the connection at this place in the document. */
const ofOne = (all: readonly Finding[], place: number): readonly Finding[] =>
  all.filter(({ path }) => path[1] === place).map(({ path, message }) => ({ path: path.slice(2), message }));

/** Each begins with the field it is about. */
const notesOf = (own: readonly Finding[]): Pick<Told, 'notes'> =>
  own.length === 0 ? {} : { notes: own.map(({ path, message }) => `${pathText(path)}: ${message}`) };

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
