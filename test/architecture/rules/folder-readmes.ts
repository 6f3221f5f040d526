/** A folder of source says its rule, its flow and its neighbours on one screen. */
import { lineCount, ofLines, type Rule, type SourceFile } from '../source-tree.ts';

const longest = 30;
/** src/one and src/one/two; below that the parent's README speaks. */
const sourceInFolder = /^(src\/[^/]+(?:\/[^/]+)?)\/[^/]+\.ts$/;

export const folderReadmes: Rule = {
  name: `a folder of src with source in it has a README of at most ${longest} lines`,
  judge: (files) => [...missing(files), ...tooLong(files)],
  refuses: [
    { why: 'a folder without', files: [{ path: 'src/core/a.ts', text: '' }] },
    { why: 'a folder within a folder, without', files: [{ path: 'src/core/people/a.ts', text: '' }] },
    { why: '31 lines', files: [{ path: 'src/core/README.md', text: ofLines(31) }] },
  ],
  accepts: [
    {
      why: 'a folder with one',
      files: [
        { path: 'src/core/a.ts', text: '' },
        { path: 'src/core/README.md', text: ofLines(30) },
      ],
    },
    { why: 'the root, of which the project README speaks', files: [{ path: 'src/main.ts', text: '' }] },
    { why: 'a folder that holds only folders', files: [{ path: 'src/i18n/messages/ja/login.ts', text: '' }] },
  ],
};

function missing(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const folders = new Set(
    [...paths].map((path) => sourceInFolder.exec(path)?.[1]).filter((folder) => folder !== undefined),
  );
  return [...folders].filter((folder) => !paths.has(`${folder}/README.md`)).map((folder) => `${folder}: no README.md`);
}

const tooLong = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path, text }) => path.startsWith('src/') && path.endsWith('/README.md') && lineCount(text) > longest)
    .map(({ path, text }) => `${path}: ${lineCount(text)} lines`);
