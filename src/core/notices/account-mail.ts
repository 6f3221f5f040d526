/** Mails to a person about their account, to the address that the university gave them. */
import type { Locale } from '../../base/locale.ts';
import type { Write } from '../../store/port.ts';
import type { MasterKey } from '../keys/master-key.ts';
import type { Account } from '../people/account.ts';
import { displayName, type Person } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Mail } from './content.ts';
import { planNotices } from './plan.ts';

/** What happened, without what every such mail says. */
export type AccountNews =
  | { readonly type: 'password_changed'; readonly by: 'self' | 'desk' }
  | { readonly type: 'account_suspended' };

/** No address, no mail: the person hears of it at the next login, and at the desk. */
export async function planAccountMail(
  world: World,
  masterKey: MasterKey,
  about: { readonly account: Account; readonly person: Person },
  news: AccountNews,
): Promise<readonly Write[]> {
  const { account, person } = about;
  const to = account.universityMail;
  if (to === undefined) return [];
  // Until people choose: the language that the person's own name is written in.
  const locale: Locale = person.nameJa ? 'ja' : 'en';
  const name = { ja: displayName(person, 'ja'), en: displayName(person, 'en') };
  const { id: accountId, loginName, kind: accountKind } = account;
  const mail: Mail = { ...news, name, loginName, accountKind, at: world.clock.now() };
  return planNotices(world, masterKey, [{ kind: 'mail', accountId, content: { to, locale, mail } }]);
}
