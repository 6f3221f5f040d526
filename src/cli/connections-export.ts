/** `connections export`: a document that imports again without change. */
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { exportConnections } from '../core/connections/export-document.ts';
import { allConnections, connectionById } from '../core/connections/registry.ts';
import { done } from './report.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'export [id]',
  summary: 'print connections as a document that can be imported',
  more: 'Secrets appear as digests, logos as data: URIs. Suspensions are not part of it.',
  json: '{ connections: [ as in the document ] }',
};

export const addConnectionsExport = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const [id] = call.args;
      const chosen = id === undefined ? await allConnections(world) : [await connectionById(world, id)];
      const document = exportConnections(chosen, world.clock.now());
      return done([stringify(document, { lineWidth: 0 }).trimEnd()], { ...document });
    }),
  );
