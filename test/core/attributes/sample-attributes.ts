/** The attributes of the presets, and what is told of the sample person, for tests that are about one thing of it. */
import { createSecretKey } from 'node:crypto';
import {
  type Attributes,
  attributePresetNames,
  definitionsOf,
  openAttributes,
} from '../../../src/core/attributes/attributes.ts';
import type { AttributeDefinition } from '../../../src/core/attributes/definition.ts';
import type { AttributeSource, Institution } from '../../../src/core/attributes/source.ts';
import { pseudonymUnder } from '../../../src/core/keys/pseudonym.ts';
import type { OpenedKey } from '../../../src/core/keys/ring.ts';
import { sampleAccount, samplePerson, startInstant } from '../sample-records.ts';

/** Of one secret, so that what is made under it can be written down. */
export const pairwiseRing = (fill = 1): readonly OpenedKey[] => [
  {
    id: 'pairwise-hs256-1',
    use: 'pairwise',
    algorithm: 'HS256',
    state: 'active',
    createdAt: 0,
    since: 0,
    serial: 1,
    sealed: '',
    key: createSecretKey(Buffer.alloc(32, fill)),
  },
];

export const sampleInstitution: Institution = {
  scope: 'kyoto-u.ac.jp',
  name: { ja: '京都大学', en: 'Kyoto University' },
  unitNames: { 'f-engineering': { ja: '工学部', en: 'Faculty of Engineering' } },
  entitlements: [],
  assurance: { everybody: [], inPerson: [], byPost: [] },
  pseudonym: pseudonymUnder(pairwiseRing()),
};

export const sampleAttributes = (
  own: Readonly<Record<string, AttributeDefinition>> = {},
  wishes: Partial<Institution> = {},
): Attributes => openAttributes(definitionsOf(attributePresetNames, own), () => ({ ...sampleInstitution, ...wishes }));

export const sampleSource = (wishes: Partial<AttributeSource> = {}): AttributeSource => ({
  ...sampleInstitution,
  person: samplePerson(),
  account: sampleAccount(),
  now: startInstant,
  locale: 'ja',
  pageLocale: 'ja',
  ...wishes,
});
