/** The file people complain about is always the long one that knows everything. Messages are lists, and may be long. */
import { lineCount, ofLines, type Rule } from '../source-tree.ts';

const longest = 300;
const code = /^(?:src|test|views)\/.*\.(?:ts|js|mjs|cjs|css|ejs)$/;

export const fileLength: Rule = {
  name: `no file is longer than ${longest} lines`,
  judge: (files) =>
    files
      .filter(({ path }) => code.test(path) && !path.startsWith('src/i18n/messages/'))
      .filter(({ text }) => lineCount(text) > longest)
      .map(({ path, text }) => `${path}: ${lineCount(text)} lines`),
  refuses: [
    { why: '301 lines of source', files: [{ path: 'src/core/a.ts', text: ofLines(301) }] },
    { why: '301 lines of test', files: [{ path: 'test/core/a.test.ts', text: ofLines(301) }] },
    { why: '301 lines of style', files: [{ path: 'src/web/assets/a.css', text: ofLines(301) }] },
  ],
  accepts: [
    { why: '300 lines', files: [{ path: 'src/core/a.ts', text: ofLines(300) }] },
    { why: 'a catalogue of messages', files: [{ path: 'src/i18n/messages/ja/login.ts', text: ofLines(301) }] },
  ],
};
