/** The writer's thread: a group in, its verdicts out, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { Connection } from './connection.ts';
import { Tables } from './tables.ts';
import type { Group, ThreadSetup } from './thread-writer.ts';
import { writeGroup } from './write-group.ts';

const setup = workerData as ThreadSetup;
const connection = new Connection(setup);
const tables = new Tables(setup.collections);

parentPort?.on('message', (message: Group | 'close') => {
  if (message === 'close') {
    connection.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(writeGroup(connection, tables, message.tasks, () => message.now));
});
