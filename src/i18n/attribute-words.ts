/** What each attribute is called where a person reads of it: on release screens and in lists of what was sent. */
import type { Locale, Localized } from '../base/locale.ts';
import type { AttributeName } from '../core/connections/attribute.ts';

const labels: Readonly<Record<AttributeName, Localized>> = {
  displayName: { ja: '氏名', en: 'Name' },
  familyName: { ja: '姓(ローマ字)', en: 'Family name' },
  givenName: { ja: '名(ローマ字)', en: 'Given name' },
  jaDisplayName: { ja: '氏名(漢字等)', en: 'Name in Japanese' },
  jaFamilyName: { ja: '姓(漢字等)', en: 'Family name in Japanese' },
  jaGivenName: { ja: '名(漢字等)', en: 'Given name in Japanese' },
  kanaName: { ja: '氏名(フリガナ)', en: 'Name in kana' },
  mail: { ja: '大学のメールアドレス', en: 'University e-mail address' },
  loginName: { ja: '全学アカウントの ID', en: 'University account ID' },
  studentNumber: { ja: '学生番号', en: 'Student number' },
  staffNumber: { ja: '職員番号', en: 'Staff number' },
  affiliation: { ja: '身分', en: 'Status at the university' },
  scopedAffiliation: { ja: '身分と所属機関', en: 'Status with institution' },
  organizationalUnit: { ja: '所属部局', en: 'Faculty or department' },
  principalName: { ja: '学認の利用者識別子 (ePPN)', en: 'Federation user name (ePPN)' },
  homeOrganization: { ja: '所属機関', en: 'Home institution' },
};

export const attributeLabel = (name: AttributeName, locale: Locale): string => labels[name][locale];
