import { expect, it } from '@jest/globals';
import { atEndOfEvent } from '../../../src/store/sqlite/end-of-event.ts';

const heard: string[] = [];
const inEvent = (done: () => void) => new Promise<void>((resolve) => setImmediate(() => resolve(done())));

async function after(promises: number, name: string): Promise<void> {
  for (let settled = 0; settled < promises; settled += 1) await undefined;
  heard.push(name);
}

it('comes after all that follows from the event, in its synchronous part too, and before the next one', async () => {
  const first = inEvent(() => {
    atEndOfEvent(() => heard.push('end'));
    void after(50, 'promises');
    process.nextTick(() => void after(50, 'promises of a tick'));
  });
  const second = inEvent(() => heard.push('next event'));
  await Promise.all([first, second]);
  expect(heard).toEqual(['promises', 'promises of a tick', 'end', 'next event']);
});
