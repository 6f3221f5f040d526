/**
 * Run as a process of its own: `writer-process.ts <file> <name> <count>` opens the store and makes `count` commits, each a
 * new course and one more use of the shared ticket, and prints the course's id once its commit is acknowledged.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/store/open.ts';
import { add, insert } from '../../../src/store/port.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ url: `sqlite:${path}`, collections: sampleCollections, clock: systemClock });
for (let number = 0; number < Number(count); number += 1) {
  const id = `${name}${number}`;
  await store.commit([
    // First the write that begins with a read: there a transaction that had not taken the writer's place would fail.
    add(tickets, 'all', { uses: 1 }, { id: 'all', uses: 1 }),
    insert(courses, { id, faculty: name, year: number, words: [name] }),
  ]);
  // Written at once: a line that waited in a buffer would be lost with the process, and the test would prove nothing.
  writeSync(1, `${id}\n`);
}
await store.close();
