/** A process with a store: `small-writer.ts FILE`. Each message is a record to insert; answers `written` or the code of the refusal. */
import { isDomainError } from '../../../src/base/errors.ts';
import { type Collection, insert } from '../../../src/store/port.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';

export interface Slip {
  readonly id: string;
  readonly text: string;
}

export const slips: Collection<Slip> = { name: 'slips', indexes: [] };

const [, , path] = process.argv;
if (path !== undefined && process.send) {
  const store = openSqlite({ path, collections: [slips], clock: { now: () => 0 } });
  process.on('message', async (slip: Slip) => {
    try {
      await store.commit([insert(slips, slip)]);
      process.send?.('written');
    } catch (error) {
      process.send?.(isDomainError(error) ? error.code : String(error));
    }
  });
  process.send('ready');
}
