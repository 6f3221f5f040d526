/**
 * The link by which a person says "this was not me". It goes out in a warning and nowhere else; its token is 256 random
 * bits, and the store holds the digest. Whoever holds it can stop the account, and do nothing besides.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { days } from '../../base/duration.ts';
import { type Collection, insert, type Write } from '../../store/port.ts';
import type { WarningType } from '../notices/content.ts';
import type { World } from '../world.ts';

export interface NotMeLink {
  /** SHA-256 of the token. */
  readonly id: string;
  readonly accountId: string;
  /** The type of the mail that it went out in. */
  readonly warning: WarningType;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  /** Kept after its use, so that a second press or a reload finds what was done. */
  readonly usedAt?: Instant;
}

export const notMeLinks: Collection<NotMeLink> = { name: 'notMeLinks', indexes: [], expiresAt: 'expiresAt' };

/** A warning may lie unread over a week-end, not for ever in a mailbox that somebody else gets to see. */
const lifetime = days(7);

export interface PlannedNotMeLink {
  /** For the mail, and nowhere else. */
  readonly token: string;
  readonly until: Instant;
  readonly write: Write;
}

export function planNotMeLink({ clock, ids }: World, accountId: string, warning: WarningType): PlannedNotMeLink {
  const token = ids.token();
  const madeAt = clock.now();
  const until = madeAt + lifetime;
  const link: NotMeLink = { id: digestOf(token), accountId, warning, madeAt, expiresAt: until };
  return { token, until, write: insert(notMeLinks, link) };
}
