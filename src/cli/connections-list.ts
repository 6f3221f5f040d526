/** `connections list`: what is connected, a line each. */
import type { Command } from 'commander';
import type { OidcSettings } from '../core/connections/oidc-settings.ts';
import { allConnections } from '../core/connections/registry.ts';
import { localeOf } from './locale.ts';
import { done } from './report.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the connected services',
  json: `{ connections: [{ id, name: { ja, en }, stage, state, suspensionReason?, homeUrl, jwksUri?, sectorIdentifierUri?,
backchannelLogoutUri? }] }`,
};

export const addConnectionsList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const listed = (await allConnections(world)).map(
        ({ id, name, stage, state, suspensionReason, homeUrl, oidc }) => ({
          id,
          name,
          stage,
          state,
          ...(suspensionReason === undefined ? {} : { suspensionReason }),
          homeUrl,
          ...(oidc ? calledBySekisho(oidc) : {}),
        }),
      );
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

/** The addresses of a service that Sekisho calls; for programs, since a line would be too long for people. */
const calledBySekisho = ({ jwksUri, sectorIdentifierUri, backchannelLogoutUri }: OidcSettings) => ({
  ...(jwksUri === undefined ? {} : { jwksUri }),
  ...(sectorIdentifierUri === undefined ? {} : { sectorIdentifierUri }),
  ...(backchannelLogoutUri === undefined ? {} : { backchannelLogoutUri }),
});
