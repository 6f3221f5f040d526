/** SCHAC 1.6: what the categories of REFEDS need beside eduPerson. */
import { type AttributeDefinition, byOid } from '../definition.ts';

export const schac = {
  homeOrganization: {
    source: 'homeOrganization',
    label: { ja: '所属機関', en: 'Home institution' },
    saml: byOid('1.3.6.1.4.1.25178.1.2.9', 'schacHomeOrganization'),
    claim: 'schac_home_organization',
    scope: 'affiliation',
  },
} as const satisfies Readonly<Record<string, AttributeDefinition>>;
