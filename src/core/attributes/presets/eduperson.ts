/**
 * Persons as person, inetOrgPerson and eduPerson (202208) describe them, with the numbers that every university has.
 * Claims: OIDC Core 5.1, REFEDS OIDCre; scopes are those of OIDC Core 5.4, and `affiliation`, which is ours.
 */
import { type AttributeDefinition, byOid } from '../definition.ts';

const eduPerson = (last: number, friendlyName: string) => byOid(`1.3.6.1.4.1.5923.1.1.1.${last}`, friendlyName);

export const eduperson = {
  displayName: {
    source: 'displayName',
    label: { ja: '氏名', en: 'Name' },
    saml: byOid('2.16.840.1.113730.3.1.241', 'displayName'),
    claim: 'name',
    scope: 'profile',
  },
  familyName: {
    source: 'familyName',
    label: { ja: '姓(ローマ字)', en: 'Family name' },
    saml: byOid('2.5.4.4', 'sn'),
    claim: 'family_name',
    scope: 'profile',
  },
  givenName: {
    source: 'givenName',
    label: { ja: '名(ローマ字)', en: 'Given name' },
    saml: byOid('2.5.4.42', 'givenName'),
    claim: 'given_name',
    scope: 'profile',
  },
  loginName: {
    source: 'loginName',
    label: { ja: '全学アカウントの ID', en: 'University account ID' },
    saml: byOid('0.9.2342.19200300.100.1.1', 'uid'),
    claim: 'preferred_username',
    scope: 'profile',
  },
  preferredLanguage: {
    source: 'preferredLanguage',
    label: { ja: '表示言語', en: 'Preferred language' },
    saml: byOid('2.16.840.1.113730.3.1.39', 'preferredLanguage'),
    claim: 'locale',
    scope: 'profile',
  },
  mail: {
    source: 'mail',
    label: { ja: '大学のメールアドレス', en: 'University e-mail address' },
    saml: byOid('0.9.2342.19200300.100.1.3', 'mail'),
    claim: 'email',
    scope: 'email',
  },
  studentNumber: {
    source: 'studentNumber',
    label: { ja: '学生番号', en: 'Student number' },
    claim: 'student_number',
    scope: 'affiliation',
  },
  staffNumber: {
    source: 'staffNumber',
    label: { ja: '職員番号', en: 'Staff number' },
    saml: byOid('2.16.840.1.113730.3.1.3', 'employeeNumber'),
    claim: 'staff_number',
    scope: 'affiliation',
  },
  organization: {
    source: 'organization',
    label: { ja: '機関名(英語)', en: 'Institution in English' },
    language: 'en',
    saml: byOid('2.5.4.10', 'o'),
    claim: 'organization',
    scope: 'affiliation',
  },
  organizationalUnit: {
    source: 'organizationalUnit',
    label: { ja: '所属部局', en: 'Faculty or department' },
    saml: byOid('2.5.4.11', 'ou'),
    claim: 'organizational_unit',
    scope: 'affiliation',
  },
  affiliation: {
    source: 'affiliation',
    label: { ja: '身分', en: 'Status at the university' },
    saml: eduPerson(1, 'eduPersonAffiliation'),
    claim: 'eduperson_affiliation',
    scope: 'affiliation',
  },
  scopedAffiliation: {
    source: 'scopedAffiliation',
    label: { ja: '身分と所属機関', en: 'Status with institution' },
    saml: eduPerson(9, 'eduPersonScopedAffiliation'),
    claim: 'eduperson_scoped_affiliation',
    scope: 'affiliation',
  },
  principalName: {
    source: 'principalName',
    label: { ja: '学認の利用者識別子 (ePPN)', en: 'Federation user name (ePPN)' },
    saml: eduPerson(6, 'eduPersonPrincipalName'),
    claim: 'eduperson_principal_name',
    scope: 'affiliation',
  },
  uniqueId: {
    source: 'uniqueId',
    label: { ja: '生涯変わらない利用者識別子', en: 'Identifier for life (eduPersonUniqueId)' },
    saml: eduPerson(13, 'eduPersonUniqueId'),
    claim: 'eduperson_unique_id',
    scope: 'affiliation',
  },
  // No claim: what OpenID Connect has for this is a pairwise `sub`.
  targetedId: {
    source: 'targetedId',
    label: { ja: 'このサービス専用の利用者識別子', en: 'Identifier for this service alone (ePTID)' },
    saml: eduPerson(10, 'eduPersonTargetedID'),
  },
  entitlement: {
    source: 'entitlement',
    label: { ja: '利用資格', en: 'Entitlements' },
    saml: eduPerson(7, 'eduPersonEntitlement'),
    claim: 'eduperson_entitlement',
    scope: 'affiliation',
  },
  assurance: {
    source: 'assurance',
    label: { ja: '本人確認の水準', en: 'How identity was checked' },
    saml: eduPerson(11, 'eduPersonAssurance'),
    claim: 'eduperson_assurance',
    scope: 'affiliation',
  },
  orcid: {
    source: 'orcid',
    label: { ja: 'ORCID iD', en: 'ORCID iD' },
    multi: true,
    saml: eduPerson(16, 'eduPersonOrcid'),
    claim: 'eduperson_orcid',
    scope: 'affiliation',
  },
  groups: {
    source: 'groups',
    label: { ja: '所属グループ', en: 'Groups' },
    saml: byOid('1.3.6.1.4.1.5923.1.5.1.1', 'isMemberOf'),
    claim: 'is_member_of',
    scope: 'affiliation',
  },
} as const satisfies Readonly<Record<string, AttributeDefinition>>;
