/**
 * How many codes may be mailed for an account: whoever has its password could otherwise fill its owner's mailbox, or a
 * stranger's, with as many logins as they begin. Counted across processes; the first mail begins an hour. A browser that
 * has shown a second factor of the account has a count of its own, so that its owner need not wait because of others.
 */
import type { Instant } from '../../base/clock.ts';
import { hours } from '../../base/duration.ts';
import { insert, replace, type Write } from '../../store/port.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { mac } from '../keys/seal.ts';
import type { World } from '../world.ts';
import { throttleCounts } from './throttle.ts';

export const mailSendingRule = { mails: 10, within: hours(1) } as const;

export type Sending =
  /** Commit with the mail. It is a compare-and-swap: of several mails planned at once one goes out. */
  { readonly kind: 'now'; readonly writes: readonly Write[] } | { readonly kind: 'later'; readonly at: Instant };

/** Who asks for a mail. */
export interface MailAsker {
  readonly accountId: string;
  /** The mark of a browser that has shown a second factor of this account. */
  readonly factorBrowser?: string;
}

export async function planSending(
  { store, clock }: World,
  masterKey: MasterKey,
  { accountId, factorBrowser }: MailAsker,
): Promise<Sending> {
  const id = mac(masterKey, 'throttle', 'mail-sending', accountId, ...(factorBrowser ? [factorBrowser] : []));
  const count = await store.get(throttleCounts, id);
  if (!count) {
    const expiresAt = clock.now() + mailSendingRule.within;
    return { kind: 'now', writes: [insert(throttleCounts, { id, tries: 1, blockedUntil: 0, expiresAt })] };
  }
  if (count.tries >= mailSendingRule.mails) return { kind: 'later', at: count.expiresAt };
  return { kind: 'now', writes: [replace(throttleCounts, { ...count, tries: count.tries + 1 })] };
}
