/** A login step, its view and its test carry one name, so that adding a step is adding three files and one row. */
import type { Rule } from '../source-tree.ts';

const step = /^src\/login\/steps\/([^/]+)\.ts$/;
const stepTest = /^test\/login\/steps\/([^/]+)\.test\.ts$/;
const files = (...paths: string[]) => paths.map((path) => ({ path, text: '' }));

export const loginSteps: Rule = {
  name: 'a login step has a view and a test of its name',
  judge: (tree) => {
    const paths = new Set(tree.map(({ path }) => path));
    const names = (pattern: RegExp) => [...paths].flatMap((path) => pattern.exec(path)?.[1] ?? []);
    const partners = names(step).flatMap((name) => [
      [`src/login/steps/${name}.ts`, `views/login/${name}.ejs`] as const,
      [`src/login/steps/${name}.ts`, `test/login/steps/${name}.test.ts`] as const,
    ]);
    const origins = names(stepTest).map(
      (name) => [`test/login/steps/${name}.test.ts`, `src/login/steps/${name}.ts`] as const,
    );
    return [...partners, ...origins]
      .filter(([, partner]) => !paths.has(partner))
      .map(([path, partner]) => `${path}: there is no ${partner}`);
  },
  refuses: [
    { why: 'no view', files: files('src/login/steps/totp.ts', 'test/login/steps/totp.test.ts') },
    { why: 'no test', files: files('src/login/steps/totp.ts', 'views/login/totp.ejs') },
    { why: 'a test of a step that is gone', files: files('test/login/steps/totp.test.ts') },
  ],
  accepts: [
    {
      why: 'all three',
      files: files('src/login/steps/totp.ts', 'views/login/totp.ejs', 'test/login/steps/totp.test.ts'),
    },
  ],
};
