/** Silencing a check is a decision: it names the check and says why on the same line. Some are refused altogether. */
import type { Rule } from '../source-tree.ts';

const reason = '\\S+(?:\\s+\\S+){2,}';
const marks = [
  {
    mark: /biome-ignore(?:-all|-start)?\b/,
    reasoned: new RegExp(`biome-ignore(?:-all|-start)?\\s+\\S+:\\s+${reason}`),
  },
  { mark: /@ts-expect-error\b/, reasoned: new RegExp(`@ts-expect-error:?\\s+${reason}`) },
  // Neither notices when its cause is gone.
  { mark: /@ts-(?:ignore|nocheck)\b/, reasoned: /^(?!)/ },
];
/** Only where a comment opens, so that this file and messages about suppressions may name them. */
const comment = /(?:^|\s)(?:\/\/|\/\*\*?|\*|<!--|<%#)\s*(?=biome-ignore|@ts-)/;
const isCode = (path: string): boolean => /\.(?:ts|js|mjs|cjs|css|ejs)$/.test(path);
const at = (line: string) => [{ path: 'src/core/a.ts', text: `${line}\nexport const a = 1;\n` }];

export const suppressions: Rule = {
  name: 'a suppression names its check and its reason',
  judge: (files) =>
    files
      .filter(({ path }) => isCode(path))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, index) => {
          if (!comment.test(line)) return [];
          const silenced = marks.some(({ mark, reasoned }) => mark.test(line) && !reasoned.test(line));
          return silenced ? [`${path}:${index + 1}: ${line.trim()}`] : [];
        }),
      ),
  refuses: [
    { why: 'a lint rule silenced without a word', files: at('// biome-ignore lint/style/noNonNullAssertion') },
    { why: 'a word that is no reason', files: at('// biome-ignore lint/style/noNonNullAssertion: needed') },
    { why: 'a type error without a reason', files: at('// @ts-expect-error') },
    { why: 'an ignored line of types', files: at('// @ts-ignore the types of this package are wrong') },
    { why: 'a file without types', files: at('// @ts-nocheck the types of this package are wrong') },
  ],
  accepts: [
    { why: 'a reason', files: at('// biome-ignore lint/style/noNonNullAssertion: the index was checked above') },
    { why: 'a type error with a reason', files: at('// @ts-expect-error a missing message must not compile') },
    { why: 'a string that names one', files: at("const text = 'write @ts-ignore nowhere';") },
  ],
};
