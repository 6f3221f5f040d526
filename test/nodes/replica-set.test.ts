import { mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { describeLogins } from './describe-logins.ts';
import { describeSharing } from './describe-sharing.ts';
import { describeUpkeep } from './describe-upkeep.ts';
import { replicaSet } from './stores.ts';
import { twoNodes } from './two-nodes.ts';

describeWith(mongodb, 'two nodes on one replica set', () => {
  const nodes = twoNodes(replicaSet);
  describeLogins(nodes);
  describeSharing(nodes);
  describeUpkeep(nodes);
});
