/** `connections list`: what is connected, a line each. */
import type { Command } from 'commander';
import type { OidcSettings } from '../core/connections/oidc-settings.ts';
import { allConnections } from '../core/connections/registry.ts';
import { untrueNameWords } from '../core/connections/saml/notes.ts';
import type { SamlSettings } from '../core/connections/saml-settings.ts';
import { localeOf } from './locale.ts';
import { done } from './report.ts';
import { printable, tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the connected services',
  json: `{ connections: [{ id, name: { ja, en }, protocol: "oidc" | "saml", stage, state, suspensionReason?, homeUrl, authentication?,
jwksUri?, sectorIdentifierUri?, backchannelLogoutUri?, entityId?, pinnedKey?, tellsTrustedBrowserAs? }] }`,
};

export const addConnectionsList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const listed = (await allConnections(world)).map(
        ({ id, name, stage, state, suspensionReason, homeUrl, oidc, saml }) => ({
          id,
          name,
          protocol: saml ? ('saml' as const) : ('oidc' as const),
          stage,
          state,
          ...(suspensionReason === undefined ? {} : { suspensionReason }),
          homeUrl,
          ...(oidc ? { authentication: oidc.authentication, ...calledBySekisho(oidc) } : {}),
          ...(saml ? ofSaml(saml) : {}),
        }),
      );
      if (listed.length === 0) return done(['No service is connected.'], { connections: listed });
      const locale = localeOf(call.terminal.environment);
      const rows = listed.map(({ id, name, protocol, stage, state, suspensionReason, homeUrl }) => [
        id,
        name[locale],
        protocol,
        stage,
        suspensionReason ? `${state}: ${suspensionReason}` : state,
        homeUrl,
      ]);
      const table = tableOf(['id', 'name', 'protocol', 'stage', 'state', 'address'], rows);
      return done([table, ...listed.flatMap(untrueNames)], { connections: listed });
    }),
  );

const ofSaml = ({ entityId, pinnedKey, tellsTrustedBrowserAs }: SamlSettings) => ({
  entityId,
  ...(pinnedKey === undefined ? {} : { pinnedKey }),
  ...(tellsTrustedBrowserAs === undefined ? {} : { tellsTrustedBrowserAs }),
});

interface Told {
  readonly id: string;
  readonly tellsTrustedBrowserAs?: string;
}

/** Never left unsaid where connections are looked at: the one place where a name goes out without its level. */
const untrueNames = ({ id, tellsTrustedBrowserAs: name }: Told): readonly string[] =>
  name === undefined ? [] : [`${id}: ${untrueNameWords(printable(name))}.`];

/** The addresses of a service that Sekisho calls; for programs, since a line would be too long for people. */
const calledBySekisho = ({ jwksUri, sectorIdentifierUri, backchannelLogoutUri }: OidcSettings) => ({
  ...(jwksUri === undefined ? {} : { jwksUri }),
  ...(sectorIdentifierUri === undefined ? {} : { sectorIdentifierUri }),
  ...(backchannelLogoutUri === undefined ? {} : { backchannelLogoutUri }),
});
