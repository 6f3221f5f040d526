/** The address to which codes are mailed, as people type it. */
import { z } from 'zod';

export type AddressJudgement =
  | { readonly kind: 'good'; readonly address: string }
  | { readonly kind: 'incomplete' | 'not_an_address' | 'own_domain' };

/**
 * What the browser's own check of an address accepts, too: with dots where RFC 5321 has none, since mobile carriers of this
 * country have given such addresses to their customers.
 */
const syntax = z.email({ pattern: z.regexes.html5Email });
/** RFC 5321, 4.5.3.1. */
const longest = { local: 64, whole: 254 };
/** A name on the public internet: with a dot, and with letters behind the last one. */
const publicDomain = /\.(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;

/**
 * `ownDomains` are those of the university: its mailboxes are opened by the very password that the code is to stand beside,
 * so that an address there proves nothing. Full-width letters and spaces around it are forgiven.
 */
export function judgeAddress(typed: string, ownDomains: readonly string[]): AddressJudgement {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return { kind: 'incomplete' };
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
  const address = `${local}@${domain}`;
  const isShort = address.length <= longest.whole && local.length <= longest.local;
  if (at < 1 || !isShort || !syntax.safeParse(address).success || !publicDomain.test(domain)) {
    return { kind: 'not_an_address' };
  }
  const isOwn = ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`));
  return isOwn ? { kind: 'own_domain' } : { kind: 'good', address };
}
