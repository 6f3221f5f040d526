/** How it stands with something that is owed, for somebody who waits for it. */
import { findOne } from '../../store/port.ts';
import type { World } from '../world.ts';
import { notices } from './notice.ts';

/** `late`: it was tried, and could not be sent yet. `failed`: it will not be sent. */
export type NoticeStanding = 'waiting' | 'sent' | 'late' | 'failed';

export async function noticeStanding({ store }: World, dedupeKey: string): Promise<NoticeStanding> {
  const notice = await findOne(store, notices, 'byDedupeKey', dedupeKey);
  switch (notice?.state) {
    case 'sent':
      return 'sent';
    case 'dead':
    case 'dropped':
      return 'failed';
    default:
      return notice?.lastError === undefined ? 'waiting' : 'late';
  }
}
