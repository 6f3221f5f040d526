/** Events from before there was a chain get the fields that sealing and listing need, once, before the first batch. */
import { replace } from '../../store/port.ts';
import type { World } from '../world.ts';
import { auditEvents, unsealedEvent } from './event.ts';

export async function adoptUnmarked(world: World): Promise<void> {
  let after: string | undefined;
  do {
    const page = await world.store.find(auditEvents, { index: 'byTime', ...(after ? { after } : {}) });
    const unmarked = page.records.filter(({ batch }) => batch === undefined);
    const marks = unmarked.map((event) => replace(auditEvents, { ...event, ...unsealedEvent(world, event) }));
    if (marks.length > 0) await world.store.commit(marks);
    after = page.next;
  } while (after);
}
