/** A reader meets what a file is for before what it does. Short files say it by their name. */
import { isTypeScript, lineCount, ofLines, type Rule } from '../source-tree.ts';

const longestWithout = 40;
/** After an interpreter line, if there is one. */
const opening = /^(?:#![^\n]*\n)?\s*(?:\/\*{1,2}[ \t]*\S|\/\*{1,2}\n \*[ \t]*\S|\/\/[ \t]*\S)/;

export const openingComments: Rule = {
  name: `a file of src over ${longestWithout} lines opens with a comment`,
  judge: (files) =>
    files
      .filter((file) => file.path.startsWith('src/') && isTypeScript(file))
      .filter(({ text }) => lineCount(text) > longestWithout && !opening.test(text))
      .map(({ path, text }) => `${path}: ${lineCount(text)} lines and no word on what it is for`),
  refuses: [
    { why: '41 lines without a word', files: [{ path: 'src/core/a.ts', text: ofLines(41) }] },
    { why: 'an empty comment', files: [{ path: 'src/core/a.ts', text: ofLines(41, '//') }] },
  ],
  accepts: [
    { why: '40 lines', files: [{ path: 'src/core/a.ts', text: ofLines(40) }] },
    { why: 'a line comment', files: [{ path: 'src/core/a.ts', text: ofLines(41, '// Says what it is for.') }] },
    { why: 'a block', files: [{ path: 'src/core/a.ts', text: ofLines(41, '/**\n * Says what it is for.\n */') }] },
    {
      why: 'an interpreter first',
      files: [{ path: 'src/main.ts', text: ofLines(41, '#!/usr/bin/env node\n/** Says it. */') }],
    },
    { why: 'a test, whose names say it', files: [{ path: 'test/core/a.test.ts', text: ofLines(41) }] },
  ],
};
