/** What each attribute and its values are called where a person reads of them: on release screens, in lists of what was sent. */
import type { Locale, Localized } from '../base/locale.ts';
import type { AttributeName, AttributeValue } from '../core/connections/attribute.ts';
import type { Role } from '../core/people/person.ts';

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

/** The codes are English words already. */
const roleNames: Readonly<Record<Role, string>> = {
  student: '学生',
  faculty: '教員',
  staff: '職員',
  employee: '被雇用者',
  member: '構成員',
  affiliate: '関係者',
  alum: '卒業生・修了生',
  'library-walk-in': '図書館の来館利用者',
};

/** The very value, with what it means where that is not to be seen. */
export function attributeWords(name: AttributeName, value: AttributeValue, locale: Locale): AttributeValue {
  if (locale === 'en' || name !== 'affiliation' || typeof value === 'string') return value;
  return value.map((role) => (role in roleNames ? `${roleNames[role as Role]} (${role})` : role));
}
