import { freshDatabase, mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { describeTwoNodes } from './two-nodes.ts';

describeWith(mongodb, 'on a replica set', () => {
  describeTwoNodes('two nodes', freshDatabase);
});
