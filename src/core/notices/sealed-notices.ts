/**
 * What is owed, as a place that a change of the master key reaches: contents that may still be sent, and the keyed digest of
 * the address with them, so that mails sealed before and after stay in one order. A notice that is being sent is left
 * alone: its sender would find it moved, and it would be sent twice.
 */
import type { MasterKey } from '../keys/master-key.ts';
import { sealedPlace } from '../keys/sealed-place.ts';
import { type Notice, type NoticeState, notices, queueOf } from './notice.ts';
import { recipientOf } from './plan.ts';
import { openContent, sealContent } from './sealed-content.ts';

/** Others have no content. */
const states: readonly NoticeState[] = ['due', 'sending', 'dead'];

export const sealedNotices = sealedPlace<Notice>({
  name: 'notices',
  collection: notices,
  async *pages(store) {
    for (const state of states) {
      let after: string | undefined;
      do {
        const query = { index: 'byState', equals: [state], limit: 100, ...(after === undefined ? {} : { after }) };
        const page = await store.find(notices, query);
        yield page.records;
        after = page.next;
      } while (after !== undefined);
    }
  },
  sealedOf: ({ content }) => content,
  isHeld: ({ state, dueAt = 0 }, { clock }) => state === 'sending' && clock.now() < dueAt,
  sealedAgain(notice, masterKey: MasterKey, { ids }) {
    const owed = openContent(masterKey, notice);
    const recipient = recipientOf(masterKey, owed);
    const queue = notice.queue === undefined ? {} : queueOf({ ...notice, recipient });
    return { ...notice, recipient, ...queue, content: sealContent(masterKey, ids, notice.id, owed) };
  },
});
