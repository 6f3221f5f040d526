/** The SAML side of a written connection, judged as a whole: its settings, what is wrong with them, and what is worth saying. */
import type { Partly } from '../../../base/document/accepted-part.ts';
import type { Finding } from '../../../base/document/problem.ts';
import type { SamlSettings } from '../saml-settings.ts';
import type { SamlEntry } from './entry.ts';
import { metadataKey, type ReadMetadata } from './facts.ts';
import { checkMicrosoft365, type WrittenRelease } from './microsoft365.ts';
import { noteSaml } from './notes.ts';
import { checkSaml, type SamlSurroundings } from './rules.ts';
import { settleSaml } from './settle.ts';

/** What of the connection is looked at. */
interface Entry {
  readonly saml: Partly<SamlEntry>;
  readonly release: readonly (WrittenRelease | undefined)[];
  readonly trustedBrowser: 'no' | 'policy' | undefined;
}

export interface JudgedSaml {
  /** Whole when there are no findings. */
  readonly settings: Partial<SamlSettings>;
  readonly findings: readonly Finding[];
  readonly notes: readonly Finding[];
}

/** Paths begin at the connection. */
export function judgeSaml({ saml, release, trustedBrowser }: Entry, surroundings: SamlSurroundings): JudgedSaml {
  const { metadata } = saml;
  const read = metadata === undefined ? undefined : surroundings.metadata.get(metadataKey({ ...saml, metadata }));
  const unread = metadataProblem(saml, read);
  // What is missing then would be found in it.
  if (unread !== undefined)
    return { settings: {}, findings: [{ path: ['saml', 'metadata'], message: unread }], notes: [] };
  const setting = {
    released: release.flatMap((one) => one?.attribute ?? []),
    hasTrustedBrowsers: trustedBrowser === 'policy',
  };
  const { settings, findings, notes } = settleSaml(saml, read?.ok ? read.facts : undefined, setting.released);
  const wrong = [...findings, ...checkSaml(settings, setting, surroundings), ...checkValidity(read, surroundings)];
  const all = [...below(wrong), ...(saml.preset === 'microsoft365' ? checkMicrosoft365(settings, release) : [])];
  return {
    settings,
    findings: all,
    notes: all.length > 0 ? [] : below([...notes, ...noteSaml(settings as SamlSettings, read, setting, surroundings)]),
  };
}

const below = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map(({ path, message }) => ({ path: ['saml', ...path], message }));

function metadataProblem(saml: Partly<SamlEntry>, read: ReadMetadata | undefined): string | undefined {
  if (saml.metadata === undefined) return undefined;
  if (!read) return 'was not read';
  return read.ok ? undefined : read.problem;
}

/** Metadata 2.3.2: after validUntil the metadata must not be used. */
function checkValidity(read: ReadMetadata | undefined, { now }: SamlSurroundings): readonly Finding[] {
  const until = read?.ok ? read.facts.validUntil : undefined;
  if (until === undefined || until > now) return [];
  const message = `is out of date since ${new Date(until).toISOString()}: ask the service for its present metadata`;
  return [{ path: ['metadata'], message }];
}
