/** `connections resume`: a suspended service is connected again. */
import type { Command } from 'commander';
import { resumeConnection } from '../core/connections/registry.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'resume <id>',
  summary: 'connect a suspended service again',
  json: '{ outcome: "resumed" | "unchanged", connection: { id, state } }',
};

export const addConnectionsResume = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const [id = ''] = call.args;
      const outcome = await resumeConnection(world, call.actor, id);
      const line = outcome === 'resumed' ? `${id} is connected again.` : `${id} was not suspended.`;
      return done([line], { outcome, connection: { id, state: 'active' } });
    }),
  );
