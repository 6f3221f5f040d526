/**
 * A document with connections, judged: what it says of each, or everything that is wrong with it, with the path of each
 * problem (`connections[2].oidc.redirectUris[0]`). Pure but for the logo files that it names.
 */
import type { Partly } from '../../base/document/accepted-part.ts';
import { judgeTree } from '../../base/document/judge-tree.ts';
import { judgeLogoUri, type Logo, readLogo } from '../../base/document/logo.ts';
import { nearest } from '../../base/document/nearest.ts';
import type { Finding } from '../../base/document/problem.ts';
import type { Level } from '../credentials/level.ts';
import { type ConnectionEntry, connectionsDocument } from './document-schema.ts';
import { checkOidc, type OidcSurroundings } from './oidc-rules.ts';

/** What a document may refer to, from the configuration, and where its relative paths start. */
export interface ConnectionSurroundings extends OidcSurroundings {
  readonly accountKinds: readonly string[];
  readonly units: readonly string[];
  readonly folder: string;
}

export type JudgedConnections =
  | { readonly ok: true; readonly entries: readonly ConnectionEntry[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export function judgeConnections(tree: unknown, surroundings: ConnectionSurroundings): JudgedConnections {
  const { value, accepted, findings } = judgeTree(connectionsDocument, tree);
  const entries = accepted.connections ?? [];
  const logos = entries.map((entry) => logoOf(entry?.logo, surroundings.folder));
  const all = [
    ...findings,
    ...entries.flatMap((entry, index) =>
      [
        ...checkIds(entries, index),
        ...checkAudience(entry?.audience, surroundings),
        ...checkRelease(entry?.release),
        ...checkTrust(entry ?? {}),
        ...(logos[index]?.ok === false ? [{ path: ['logo'], message: logos[index].message }] : []),
        ...checkOidc(entry?.oidc ?? {}, surroundings).map(({ path, message }) => ({
          path: ['oidc', ...path],
          message,
        })),
      ].map(({ path, message }) => ({ path: ['connections', index, ...path], message })),
    ),
  ];
  if (value === undefined || all.length > 0) return { ok: false, findings: all };
  const withLogos = value.connections.map((entry, index) => {
    const logo = logos[index];
    return logo?.ok ? { ...entry, logo: logo.uri } : entry;
  });
  return { ok: true, entries: withLogos };
}

type Entry = Partly<ConnectionEntry>;

const logoOf = (logo: string | undefined, folder: string): Logo | undefined => {
  if (logo === undefined) return undefined;
  return logo.startsWith('data:') ? judgeLogoUri(logo) : readLogo(logo, folder);
};

function checkIds(entries: readonly (Entry | undefined)[], index: number): readonly Finding[] {
  const id = entries[index]?.id;
  const first = entries.findIndex((entry) => entry?.id === id);
  return id !== undefined && first < index ? [{ path: ['id'], message: `${id} is connections[${first}] already` }] : [];
}

function checkAudience(
  audience: Entry['audience'],
  { accountKinds, units }: ConnectionSurroundings,
): readonly Finding[] {
  const lists = [
    { key: 'accountKinds', what: 'kind of account', values: audience?.accountKinds, known: accountKinds },
    { key: 'units', what: 'unit', values: audience?.units, known: units },
  ];
  return lists.flatMap(({ key, what, values, known }) =>
    (values ?? []).flatMap((value, index): readonly Finding[] => {
      if (value === undefined || known.includes(value)) return [];
      const meant = nearest(value, known);
      const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
      return [{ path: ['audience', key, index], message: `there is no ${what} ${value}${suggestion}` }];
    }),
  );
}

/** In place of a password nothing does, and where no second factor is required there is nothing to stand in for. */
function checkTrust({ trustedBrowser, requiredLevel }: Entry): readonly Finding[] {
  if (trustedBrowser !== 'policy' || (requiredLevel !== undefined && requiresSecondFactor(requiredLevel))) return [];
  return [{ path: ['trustedBrowser'], message: 'policy needs a requiredLevel that takes a second factor' }];
}

const requiresSecondFactor = (level: Level): boolean => level !== 'password' && level !== 'sfa';

function checkRelease(release: Entry['release']): readonly Finding[] {
  const names = (release ?? []).map((item) => item?.attribute);
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ path: ['release', index, 'attribute'], message: `${name} stands here twice` }]
      : [],
  );
}
