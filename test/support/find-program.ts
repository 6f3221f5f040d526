/** Where a program lies that npm does not bring. Free of jest: what is run outside of it (the bench, a replica set) looks here too. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Need {
  readonly name: string;
  readonly isMet: boolean;
  /** Where it lies; only its name when it was not found. */
  readonly path: string;
}

/** Looks in the named places, then along `searchPath`, the machine's PATH unless said. */
export function findProgram(name: string, places: readonly string[], searchPath = process.env.PATH ?? ''): Need {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.map((folder) => join(folder, name));
  const path = [...places, ...onPath].find(isExecutable);
  return { name, isMet: path !== undefined, path: path ?? name };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
