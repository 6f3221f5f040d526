/** One written SAML connection, judged: its settings, or the problems with their places; and what is told beside them. */
import { pathText } from '../../../../src/base/document/problem.ts';
import { type JudgedEntry, judgeConnections } from '../../../../src/core/connections/document.ts';
import { metadataKey, type ReadMetadata, type SamlFacts } from '../../../../src/core/connections/saml/facts.ts';
import type { SamlSurroundings } from '../../../../src/core/connections/saml/rules.ts';
import type { SamlSettings } from '../../../../src/core/connections/saml-settings.ts';
import { samlSurroundings } from '../sample-saml.ts';

export interface Wishes {
  /** null: there is none. */
  readonly saml?: object | null;
  /** Beside the section saml. */
  readonly connection?: object;
  readonly surroundings?: Partial<SamlSurroundings>;
  /** What the metadata `sp.xml` says. */
  readonly facts?: SamlFacts;
}

export const plain = {
  entityId: 'https://sp.example.ac.jp/shibboleth',
  consumers: [{ url: 'https://sp.example.ac.jp/acs' }],
};

export function judge({ saml = plain, connection = {}, surroundings = {}, facts }: Wishes = {}) {
  const read: ReadMetadata | undefined = facts && { ok: true, facts, trust: 'from the file sp.xml, not signed' };
  const metadata = new Map(read ? [[metadataKey({ metadata: 'sp.xml' }), read]] : []);
  const document = {
    connections: [
      {
        id: 'wiki',
        stage: 'test',
        name: { ja: 'ウィキ', en: 'Wiki' },
        homeUrl: 'https://sp.example.ac.jp/',
        desk: { name: { ja: '窓口', en: 'Desk' } },
        release: [{ attribute: 'displayName', required: true }],
        ...(saml === null ? {} : { saml }),
        ...connection,
      },
    ],
  };
  return judgeConnections(document, {
    accountKinds: [],
    units: [],
    folder: '.',
    reachesLoopback: false,
    saml: { ...samlSurroundings, metadata, ...surroundings },
  });
}

export const complaints = (wishes: Wishes): readonly string[] => {
  const judged = judge(wishes);
  return judged.ok ? [] : judged.findings.map(({ path, message }) => `${pathText(path.slice(2))}: ${message}`);
};

const accepted = (wishes: Wishes) => {
  const judged = judge(wishes);
  if (!judged.ok) throw new Error(JSON.stringify(judged.findings));
  return judged;
};

export const entryOf = (wishes: Wishes): JudgedEntry | undefined => accepted(wishes).entries[0];

export function settingsOf(wishes: Wishes): SamlSettings {
  const saml = entryOf(wishes)?.saml;
  if (!saml) throw new Error('no SAML connection');
  return saml;
}

export const notesOf = (wishes: Wishes): readonly string[] =>
  accepted(wishes).notes.map(({ path, message }) => `${pathText(path.slice(2))}: ${message}`);

export const facts: SamlFacts = {
  entityId: 'https://sp.example.ac.jp/shibboleth',
  validUntil: samlSurroundings.now + 1000,
  consumers: [{ url: 'https://sp.example.ac.jp/acs', binding: 'post', index: 1 }],
  logout: [{ binding: 'soap', url: 'https://sp.example.ac.jp/slo' }],
  signingCertificates: [],
  encryptionCertificates: [],
  signsRequests: false,
  wantsSignedAssertions: false,
  nameIds: [],
  subjectIdentifier: 'none',
  requestedAttributes: [],
  entityCategories: [],
  self: {},
  remarks: [],
};
