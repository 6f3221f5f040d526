/** What a guesser would try first, from the person's record: names as written, in kana, and romanised. */
import { toRomaji } from 'wanakana';
import type { Account } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import type { PasswordOwner } from './password-rule.ts';

export function passwordOwner(account: Account, person: Person): PasswordOwner {
  const written = [person.nameJa, person.nameKana, person.nameEn].flatMap((name) =>
    name ? [name.family, name.given] : [],
  );
  const kana = person.nameKana ? [person.nameKana.family, person.nameKana.given] : [];
  return {
    loginName: account.loginName,
    names: [...written, ...kana.map((name) => toRomaji(name))],
    ...(person.birthDate === undefined ? {} : { birthDate: person.birthDate }),
    ...(person.phone === undefined ? {} : { phone: person.phone }),
  };
}
