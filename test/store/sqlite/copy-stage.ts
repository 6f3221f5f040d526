/** A store on a file with what can be done to files, and copies of it. */
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import type { StoreFile, StoreFiles } from '../../../src/store/files.ts';
import { openStore, storeFilesOf } from '../../../src/store/open.ts';
import { insert, type Store, type Write } from '../../../src/store/port.ts';
import { courses, sampleCollections } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

export const reading = { collections: sampleCollections, clock: systemClock };

export interface Stage {
  readonly store: Store;
  readonly files: StoreFiles;
  /** A name in the folder of the store. */
  named(name: string): string;
}

/** To be called at the top of a test file; each call of what it answers gives a new store. */
export function stages(): () => Promise<Stage> {
  const newPath = temporaryFiles();
  return async () => {
    const path = newPath();
    const store = await openStore({ url: `sqlite:${path}`, ...reading });
    const files = storeFilesOf(`sqlite:${path}`);
    if (!files) throw new TypeError('a file is no file');
    return { store, files, named: (name) => join(dirname(path), name) };
  };
}

/** A kept copy under that name. */
export function copied({ files, named }: Stage, name = 'backup.db'): string {
  expect(files.copy(named(name), 'x').keepAs(named(name))).toBe('kept');
  return named(name);
}

export function opened({ files }: Stage, path: string): StoreFile {
  const answer = files.openCopy(path, reading);
  if (answer.kind === 'refused') throw new TypeError(answer.fault);
  return answer.file;
}

export const ofMany = (count: number): Write[] =>
  Array.from({ length: count }, (_, i) => insert(courses, { id: `c${i}`, code: `code ${i}`, words: [`word${i}`] }));
