/** A file that only passes on others hides who uses what, and makes cycles that no floor shows. */
import { isTypeScript, type Rule } from '../source-tree.ts';

const passesOn = /^export\s+(?:type\s+)?(?:\*|\{[^}]*\})(?:\s+as\s+\w+)?\s+from\s/;
/** Comments off, then one statement a line: good enough for a file that has nothing but exports. */
const statementsOf = (text: string): string[] =>
  text
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');

export const noBarrels: Rule = {
  name: 'no file only passes on the exports of others',
  judge: (files) =>
    files.filter(isTypeScript).flatMap(({ path, text }) => {
      const statements = statementsOf(text);
      if (/(?:^|\/)index\.ts$/.test(path)) return [`${path}: a file is named for what it exports`];
      if (statements.some((statement) => /^export\s+(?:type\s+)?\*\s+from\s/.test(statement)))
        return [`${path}: passes on everything of another file`];
      if (statements.length > 0 && statements.every((statement) => passesOn.test(statement)))
        return [`${path}: holds nothing of its own`];
      return [];
    }),
  refuses: [
    { why: 'an index', files: [{ path: 'src/core/index.ts', text: 'export const one = 1;' }] },
    {
      why: 'everything of another file',
      files: [{ path: 'src/core/a.ts', text: "const b = 1;\nexport * from './b.ts';" }],
    },
    {
      why: 'nothing but names of others',
      files: [
        { path: 'src/core/a.ts', text: "/** All. */\nexport { b } from './b.ts';\nexport type { C } from './c.ts';" },
      ],
    },
  ],
  accepts: [
    {
      why: 'a file of its own',
      files: [{ path: 'src/core/a.ts', text: "import { b } from './b.ts';\nexport const a = b;" }],
    },
    {
      why: 'one name passed on beside its own',
      files: [{ path: 'src/core/a.ts', text: "export type { B } from './b.ts';\nexport const a = 1;" }],
    },
  ],
};
