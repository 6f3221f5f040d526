/**
 * `npm ci` refuses a lock file that lacks a package which another one names, and npm writes such a file when it updates
 * one beside an installed tree (bindings for other platforms fall out). A machine that is installed does not notice;
 * the next clean one cannot install at all.
 */
import type { Rule } from '../source-tree.ts';

interface Entry {
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = (packages: Readonly<Record<string, Entry>>) => [
  { path: 'package-lock.json', text: JSON.stringify({ lockfileVersion: 3, packages }) },
];

export const wholeLockFile: Rule = {
  name: 'the lock file holds every package that it names, from whichever registry a machine uses',
  judge: (files) =>
    files
      .filter(({ path }) => path === 'package-lock.json')
      .flatMap(({ path, text }) => {
        const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Entry>> };
        return Object.entries(packages).flatMap(([place, entry]) => [
          ...namedBy(entry)
            .filter((name) => !canReach(packages, place, name))
            .map((name) => `${path}: ${name}, which ${place || 'package.json'} names, is absent`),
          ...(entry.resolved?.startsWith('http') ? [`${path}: ${place} is bound to one registry`] : []),
        ]);
      }),
  refuses: [
    { why: 'a dependency that is absent', files: lock({ '': { dependencies: { koa: '3' } } }) },
    { why: 'a development dependency that is absent', files: lock({ '': { devDependencies: { jest: '30' } } }) },
    {
      why: 'a binding for another platform that is absent',
      files: lock({ '': {}, 'node_modules/swc': { optionalDependencies: { 'swc-darwin': '1' } } }),
    },
    {
      why: 'a dependency that lies out of reach',
      files: lock({ '': {}, 'node_modules/a': { dependencies: { c: '1' } }, 'node_modules/b/node_modules/c': {} }),
    },
    {
      why: 'a registry by address',
      files: lock({ '': {}, 'node_modules/a': { resolved: 'https://registry.test/a.tgz' } }),
    },
  ],
  accepts: [
    {
      why: 'packages beside and within one another',
      files: lock({
        '': { dependencies: { a: '1' } },
        'node_modules/a': { dependencies: { '@x/b': '1' } },
        'node_modules/a/node_modules/@x/b': { dependencies: { c: '1' } },
        'node_modules/c': {},
      }),
    },
  ],
};

const namedBy = (entry: Entry): string[] =>
  [entry.dependencies, entry.devDependencies, entry.optionalDependencies].flatMap((names) => Object.keys(names ?? {}));

/** As Node looks: in the package's own folder, then in each one around it. */
function canReach(packages: Readonly<Record<string, Entry>>, place: string, name: string): boolean {
  if (`${place ? `${place}/` : ''}node_modules/${name}` in packages) return true;
  if (place === '') return false;
  return canReach(packages, place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name);
}
