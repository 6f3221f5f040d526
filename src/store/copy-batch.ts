/** Gathers records until there are enough of them to be worth a journey. */
import { type Entry, mostInPage, pageRoom } from './copy-reading.ts';

export interface Batch {
  add(entry: Entry): Promise<void>;
  /** Brings on its way what is left; answers how many there were in all. */
  end(): Promise<number>;
}

export function batchOf(send: (entries: readonly Entry[]) => Promise<void>): Batch {
  let gathered: Entry[] = [];
  let room = 0;
  let count = 0;
  async function flush(): Promise<void> {
    if (gathered.length === 0) return;
    const leaving = gathered;
    gathered = [];
    room = 0;
    await send(leaving);
  }
  return {
    async add(entry) {
      gathered.push(entry);
      room += entry.text.length;
      count += 1;
      if (gathered.length >= mostInPage || room >= pageRoom) await flush();
    },
    async end() {
      await flush();
      return count;
    },
  };
}
