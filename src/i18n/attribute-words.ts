/** What values of attributes are called where a person reads of them. The attributes themselves are named by their definitions. */
import type { Locale } from '../base/locale.ts';
import type { AttributeDefinition, AttributeValue } from '../core/attributes/definition.ts';
import type { Role } from '../core/people/person.ts';

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
export function attributeWords(
  { source }: Pick<AttributeDefinition, 'source'>,
  value: AttributeValue,
  locale: Locale,
): AttributeValue {
  if (locale === 'en' || source !== 'affiliation' || typeof value === 'string') return value;
  return value.map((role) => (role in roleNames ? `${roleNames[role as Role]} (${role})` : role));
}
