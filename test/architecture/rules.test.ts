import { describe, expect, it } from '@jest/globals';
import { fileLength } from './rules/file-length.ts';
import { fileNames } from './rules/file-names.ts';
import { folderReadmes } from './rules/folder-readmes.ts';
import { leftOutTests } from './rules/left-out-tests.ts';
import { loginSteps } from './rules/login-steps.ts';
import { noBarrels } from './rules/no-barrels.ts';
import { openingComments } from './rules/opening-comments.ts';
import { sessionReaders } from './rules/session-readers.ts';
import { suppressions } from './rules/suppressions.ts';
import { wholeLockFile } from './rules/whole-lock-file.ts';
import { worldReaders } from './rules/world-readers.ts';
import { type Rule, readOne, readTree } from './source-tree.ts';

const rules: readonly Rule[] = [
  fileLength,
  fileNames,
  folderReadmes,
  leftOutTests,
  loginSteps,
  noBarrels,
  openingComments,
  sessionReaders,
  suppressions,
  wholeLockFile,
  worldReaders,
];

const tree = [...readTree('src', 'test', 'views'), readOne('package-lock.json')];

describe.each(rules)('$name', ({ judge, refuses, accepts }) => {
  it('holds here', () => {
    expect(judge(tree)).toEqual([]);
  });

  it.each(refuses)('refuses $why', ({ files }) => {
    expect(judge(files)).not.toEqual([]);
  });

  it.each(accepts)('accepts $why', ({ files }) => {
    expect(judge(files)).toEqual([]);
  });
});

describe('the rules', () => {
  it('read source, tests and views', () => {
    const read = (folder: string) => tree.filter(({ path }) => path.startsWith(folder)).length;
    expect(read('src/')).toBeGreaterThan(40);
    expect(read('test/')).toBeGreaterThan(20);
    expect(read('views/')).toBeGreaterThan(5);
  });
});
