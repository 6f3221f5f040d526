import { describe } from '@jest/globals';
import { describeLogins } from './describe-logins.ts';
import { describeSharing } from './describe-sharing.ts';
import { describeUpkeep } from './describe-upkeep.ts';
import { oneFile } from './stores.ts';
import { twoNodes } from './two-nodes.ts';

describe('two nodes on one file', () => {
  const nodes = twoNodes(oneFile);
  describeLogins(nodes);
  describeSharing(nodes);
  describeUpkeep(nodes);
});
