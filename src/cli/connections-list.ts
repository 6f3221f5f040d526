/** `connections list`: what is connected, a line each. */
import type { Command } from 'commander';
import { allConnections } from '../core/connections/registry.ts';
import { localeOf } from './locale.ts';
import { done } from './report.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the connected services',
  json: '{ connections: [{ id, name: { ja, en }, stage, state, suspensionReason?, homeUrl }] }',
};

export const addConnectionsList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const listed = (await allConnections(world)).map(({ id, name, stage, state, suspensionReason, homeUrl }) => ({
        id,
        name,
        stage,
        state,
        ...(suspensionReason === undefined ? {} : { suspensionReason }),
        homeUrl,
      }));
      if (listed.length === 0) return done(['No service is connected.'], { connections: listed });
      const locale = localeOf(call.terminal.environment);
      const rows = listed.map(({ id, name, stage, state, suspensionReason, homeUrl }) => [
        id,
        name[locale],
        stage,
        suspensionReason ? `${state}: ${suspensionReason}` : state,
        homeUrl,
      ]);
      return done([tableOf(['id', 'name', 'stage', 'state', 'address'], rows)], { connections: listed });
    }),
  );
