import { describe } from '@jest/globals';
import { mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { describeProcesses } from './describe-processes.ts';
import { oneFile, replicaSet } from './stores.ts';

describe('two processes on one file', () => describeProcesses(oneFile));

describeWith(mongodb, 'two processes on one replica set', () => describeProcesses(replicaSet));
