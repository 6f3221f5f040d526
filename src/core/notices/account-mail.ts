/**
 * Mails to a person about their account, to every address that is known: that of the university, and those to which codes
 * go. Whoever has taken over one of them cannot keep the others from hearing of it.
 */
import type { Locale } from '../../base/locale.ts';
import type { Store, Write } from '../../store/port.ts';
import { planNotMeLink } from '../access/not-me-link.ts';
import { credentialsOf } from '../credentials/credential.ts';
import type { MasterKey } from '../keys/master-key.ts';
import type { Account } from '../people/account.ts';
import { displayName, type Person } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Mail, WarningType } from './content.ts';
import { planNotices } from './plan.ts';

/** Codes for a person who sits before the page that asks for them; they go their own way. */
type AskedFor = 'sign_in_code' | 'confirm_address';
type SameInAll = 'name' | 'loginName' | 'accountKind' | 'at' | 'notMe';
type NewsOf<One extends Mail> = One extends Mail ? Omit<One, SameInAll> : never;

/** What happened, without what every such mail says. */
export type AccountNews = NewsOf<Exclude<Mail, { readonly type: AskedFor }>>;

/** The university's own act, and what follows from a warning, ask nobody whether it was them. */
const isWarning = (type: AccountNews['type']): type is WarningType =>
  type !== 'account_suspended' && type !== 'account_locked';

/**
 * Commit with what happened. Addresses are read as they were before it: a new one is no witness of its own registration,
 * and one that is taken away hears of that. No address, no mail: the person hears of it at the next login, and at the desk.
 */
export async function planAccountMail(
  world: World,
  masterKey: MasterKey,
  about: { readonly account: Account; readonly person: Person },
  news: AccountNews,
): Promise<readonly Write[]> {
  const { account, person } = about;
  const addresses = await knownAddresses(world.store, account);
  if (addresses.length === 0) return [];
  // Until people choose: the language that the person's own name is written in.
  const locale: Locale = person.nameJa ? 'ja' : 'en';
  const name = { ja: displayName(person, 'ja'), en: displayName(person, 'en') };
  const { id: accountId, loginName, kind: accountKind } = account;
  const link = isWarning(news.type) ? planNotMeLink(world, accountId, news.type) : undefined;
  const mail = {
    ...news,
    name,
    loginName,
    accountKind,
    at: world.clock.now(),
    ...(link ? { notMe: { token: link.token, until: link.until } } : {}),
    // The compiler cannot follow that exactly the warnings have a link; the union above says so.
  } as Mail;
  const owed = addresses.map((to) => ({ kind: 'mail' as const, accountId, content: { to, locale, mail } }));
  return [...(link ? [link.write] : []), ...(await planNotices(world, masterKey, owed))];
}

/** Each once, however it is written. */
async function knownAddresses(store: Store, { id, universityMail }: Account): Promise<readonly string[]> {
  const held = await credentialsOf(store, id);
  const all = [universityMail ?? [], held.flatMap((one) => (one.kind === 'mail-code' ? one.address : []))].flat();
  return all.filter((address, place) => all.findIndex((other) => isSameAddress(other, address)) === place);
}

const isSameAddress = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
