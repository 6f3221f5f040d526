/**
 * A name says the one thing that a file exports. A word that fits any file invites everything into it; where no honest
 * noun exists, the code belongs in its caller.
 */
import type { Rule } from '../source-tree.ts';

const refusedWords = new Set(
  ['util', 'helper', 'common', 'misc', 'shared', 'manager', 'service', 'handler', 'data', 'info', 'impl'].flatMap(
    (word) => [word, `${word}s`],
  ),
);
/** The demo's services are services: relying parties with a name on a door. */
const demoServices = /^(?:src\/demo\/services|test\/demo)(?:\/|$)/;
const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const files = (...paths: string[]) => paths.map((path) => ({ path, text: '' }));

export const fileNames: Rule = {
  name: 'files and folders are named in kebab-case for the thing they hold',
  judge: (tree) => tree.flatMap(({ path }) => problems(path).map((problem) => `${path}: ${problem}`)),
  refuses: [
    { why: 'a file that could hold anything', files: files('src/core/utils.ts') },
    { why: 'a folder that could hold anything', files: files('src/shared/locale.ts') },
    { why: 'such a word within a name', files: files('src/web/error-handler.ts') },
    { why: 'such a word in a test', files: files('test/support/login-helper.ts') },
    { why: 'a service that is no relying party', files: files('src/core/people/person-service.ts') },
    { why: 'capitals', files: files('src/core/people/Person.ts') },
    { why: 'underscores', files: files('views/login/accept_terms.ejs') },
  ],
  accepts: [
    {
      why: 'nouns',
      files: files('src/core/people/person.ts', 'test/core/people/person.test.ts', 'views/login/totp.ejs'),
    },
    { why: 'words that only contain a refused one', files: files('src/protocols/saml/metadata.ts') },
    {
      why: 'the relying parties of the demo',
      files: files('src/demo/services/service-pages.ts', 'test/demo/service-pages.test.ts'),
    },
    { why: 'a README', files: files('src/core/README.md') },
  ],
};

function problems(path: string): string[] {
  if (path.endsWith('/README.md')) return problems(path.slice(0, -'/README.md'.length));
  const names = path.split('/').map((part) => part.split('.')[0] ?? '');
  return [
    ...names.filter((name) => !kebabCase.test(name)).map((name) => `"${name}" is not kebab-case`),
    ...names
      .flatMap((name) => name.split('-'))
      .filter((word) => refusedWords.has(word) && !(/^services?$/.test(word) && demoServices.test(path)))
      .map((word) => `"${word}" says nothing about what is inside`),
  ];
}
