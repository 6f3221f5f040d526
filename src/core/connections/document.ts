/**
 * A document with connections, judged: what it says of each, or everything that is wrong with it, with the path of each
 * problem (`connections[2].oidc.redirectUris[0]`). Pure but for the logo files that it names.
 */
import type { Partly } from '../../base/document/accepted-part.ts';
import { judgeTree } from '../../base/document/judge-tree.ts';
import { judgeLogoUri, type Logo, readLogo } from '../../base/document/logo.ts';
import { nearest } from '../../base/document/nearest.ts';
import type { Finding } from '../../base/document/problem.ts';
import { valueAt } from '../../base/document/value-tree.ts';
import type { Level } from '../credentials/level.ts';
import { type ConnectionEntry, connectionsDocument } from './document-schema.ts';
import { checkOidc, type OidcSurroundings } from './oidc-rules.ts';
import { checkRelease, checkTellingNames } from './release-rules.ts';
import { type JudgedSaml, judgeSaml } from './saml/judge.ts';
import type { SamlSurroundings } from './saml/rules.ts';
import type { SamlSettings } from './saml-settings.ts';

/** What a document may refer to, from the configuration, and where its relative paths start. */
export interface ConnectionSurroundings extends OidcSurroundings {
  readonly accountKinds: readonly string[];
  readonly units: readonly string[];
  readonly folder: string;
  readonly saml: SamlSurroundings;
}

/** As it is written, but for its SAML side, which is as it will be in the record. */
export type JudgedEntry = Omit<ConnectionEntry, 'saml'> & { readonly saml?: SamlSettings };

export type JudgedConnections =
  | {
      readonly ok: true;
      readonly entries: readonly JudgedEntry[];
      /** What stops nothing, and should be known. */
      readonly notes: readonly Finding[];
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export function judgeConnections(tree: unknown, surroundings: ConnectionSurroundings): JudgedConnections {
  const { value, accepted, findings } = judgeTree(connectionsDocument, tree);
  const entries = accepted.connections ?? [];
  const logos = entries.map((entry) => logoOf(entry?.logo, surroundings.folder));
  const samls = entries.map((entry) => samlOf(entry ?? {}, surroundings));
  const all = [
    ...findings,
    ...entries.flatMap((entry, index) =>
      [
        ...checkIds(entries, index),
        ...checkAudience(entry?.audience, surroundings),
        ...checkRelease(entry ?? {}, surroundings.saml.definitions),
        ...checkTrust(entry ?? {}),
        ...(logos[index]?.ok === false ? [{ path: ['logo'], message: logos[index].message }] : []),
        ...checkProtocol(tree, index),
        ...checkOidc(entry?.oidc ?? {}, surroundings).map(({ path, message }) => ({
          path: ['oidc', ...path],
          message,
        })),
        ...(samls[index]?.findings ?? []),
        ...checkTellingNames(entry ?? {}, samls[index]?.settings ?? {}, surroundings.saml.definitions),
        ...checkEntityIds(samls, index),
      ].map(({ path, message }) => ({ path: ['connections', index, ...path], message })),
    ),
  ];
  if (value === undefined || all.length > 0) return { ok: false, findings: all };
  const judged = value.connections.map(({ saml: _written, ...entry }, index) => {
    const logo = logos[index];
    const saml = samls[index]?.settings as SamlSettings | undefined;
    return { ...entry, ...(logo?.ok ? { logo: logo.uri } : {}), ...(saml ? { saml } : {}) };
  });
  const notes = samls.flatMap((saml, index) =>
    (saml?.notes ?? []).map(({ path, message }) => ({ path: ['connections', index, ...path], message })),
  );
  return { ok: true, entries: judged, notes };
}

type Entry = Partly<ConnectionEntry>;

const logoOf = (logo: string | undefined, folder: string): Logo | undefined => {
  if (logo === undefined) return undefined;
  return logo.startsWith('data:') ? judgeLogoUri(logo) : readLogo(logo, folder);
};

const samlOf = ({ saml, release, trustedBrowser }: Entry, surroundings: ConnectionSurroundings) =>
  saml && judgeSaml({ saml, release: release ?? [], trustedBrowser }, surroundings.saml);

/** Looked up in what is written: a section that is there and refused is no missing one. */
function checkProtocol(tree: unknown, index: number): readonly Finding[] {
  const entry = valueAt(tree, ['connections', index]);
  const written = ['oidc', 'saml'].filter((protocol) => valueAt(entry, [protocol]) !== undefined);
  if (written.length === 1) return [];
  if (written.length === 0) return [{ path: [], message: 'is missing its protocol: a section oidc or a section saml' }];
  return [{ path: ['saml'], message: 'stands beside oidc: a service that speaks both is two connections' }];
}

function checkEntityIds(samls: readonly (JudgedSaml | undefined)[], index: number): readonly Finding[] {
  const entityId = samls[index]?.settings.entityId;
  const first = samls.findIndex((saml) => saml?.settings.entityId === entityId);
  if (entityId === undefined || first === index) return [];
  return [{ path: ['saml'], message: `${entityId} is connections[${first}] already` }];
}

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
