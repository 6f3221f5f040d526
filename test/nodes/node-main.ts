/** A node in a process of its own, to be killed: `node-main.ts WISHES`, as JSON. Says where it listens when it answers. */
import { type SekishoWishes, startSekisho } from '../support/sekisho.ts';

const wishes: SekishoWishes = JSON.parse(process.argv[2] ?? '{}');
const { app } = await startSekisho(wishes);
// The test that started it has ended, however that came.
process.on('disconnect', () => process.exit());
process.send?.(app.address);
