/**
 * What the federation of Japanese universities (GakuNin) adds: names in Japanese script, and the personal code. Claims:
 * no standard names them; OIDC Core 5.2 has language tags.
 */
import { type AttributeDefinition, byOid } from '../definition.ts';

const jp = (last: number, friendlyName: string) => byOid(`1.3.6.1.4.1.32264.1.1.${last}`, friendlyName);

export const gakunin = {
  jaDisplayName: {
    source: 'jaDisplayName',
    label: { ja: '氏名(漢字等)', en: 'Name in Japanese' },
    saml: jp(3, 'jaDisplayName'),
    claim: 'name#ja-Hani-JP',
    scope: 'profile',
  },
  jaFamilyName: {
    source: 'jaFamilyName',
    label: { ja: '姓(漢字等)', en: 'Family name in Japanese' },
    saml: jp(1, 'jasn'),
    claim: 'family_name#ja-Hani-JP',
    scope: 'profile',
  },
  jaGivenName: {
    source: 'jaGivenName',
    label: { ja: '名(漢字等)', en: 'Given name in Japanese' },
    saml: jp(2, 'jaGivenName'),
    claim: 'given_name#ja-Hani-JP',
    scope: 'profile',
  },
  // GakuNin has no attribute for it.
  kanaName: {
    source: 'kanaName',
    label: { ja: '氏名(フリガナ)', en: 'Name in kana' },
    claim: 'name#ja-Kana-JP',
    scope: 'profile',
  },
  jaOrganization: {
    source: 'organization',
    label: { ja: '機関名(日本語)', en: 'Institution in Japanese' },
    language: 'ja',
    saml: jp(4, 'jao'),
    claim: 'organization#ja',
    scope: 'affiliation',
  },
  jaOrganizationalUnit: {
    source: 'organizationalUnit',
    label: { ja: '所属部局(日本語)', en: 'Faculty or department in Japanese' },
    language: 'ja',
    saml: jp(5, 'jaou'),
    claim: 'organizational_unit#ja',
    scope: 'affiliation',
  },
  scopedPersonalCode: {
    source: 'scopedPersonalCode',
    label: { ja: '学認の個人コード', en: 'Federation personal code' },
    saml: jp(6, 'gakuninScopedPersonalUniqueCode'),
    claim: 'gakunin_scoped_personal_unique_code',
    scope: 'affiliation',
  },
} as const satisfies Readonly<Record<string, AttributeDefinition>>;
