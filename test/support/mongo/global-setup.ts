/** Before the test files: names the folder of this run. Nothing is made and nothing started until a test file asks for MongoDB. */
import { runFolderName } from './stale-folders.ts';

export default function globalSetup(): void {
  process.env.SEKISHO_TEST_RUN = runFolderName();
  process.env.SEKISHO_TEST_RUN_PID = String(process.pid);
}
