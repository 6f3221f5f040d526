/**
 * Where a mongod may lie on this machine, in the order in which it is looked for: what was named, PATH, what `npm run mongod`
 * (.ci/bring-mongod) brought. mongod.ts goes on from here to a download.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, type Need } from '../find-program.ts';

export function findInPlaces(environment: NodeJS.ProcessEnv = process.env): Need {
  const named = environment.MONGOMS_SYSTEM_BINARY;
  const cache = environment.XDG_CACHE_HOME || join(homedir(), '.cache');
  const found = findProgram('mongod', named ? [named] : [], environment.PATH ?? '');
  return found.isMet ? found : findProgram('mongod', [join(cache, 'sekisho/mongod-6.0.5/mongod')], '');
}
