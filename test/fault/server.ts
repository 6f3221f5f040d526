/** A whole Sekisho in a process of its own, to be killed: `server.ts DIRECTORY PORT`. Says `ready` when it answers. */
import { accounts } from '../../src/core/people/account.ts';
import { startSekisho } from '../support/sekisho.ts';

const [, , directory = '', port = ''] = process.argv;
const sekisho = await startSekisho({
  directory,
  port: Number(port),
  environment: { SEKISHO__LOG__LEVEL: 'warn' },
});
// The first run enters what the load needs; those after it find it.
if ((await sekisho.ground.world.store.count(accounts, { index: 'byLoginName' })) === 0) {
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
}
process.on('message', () => process.send?.(sekisho.log));
process.send?.('ready');
