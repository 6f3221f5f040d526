/** The files of the project as the rules read them, and the shape of a rule, so that a rule can be tried on invented files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Sample {
  readonly why: string;
  readonly files: readonly SourceFile[];
}

export interface Rule {
  /** What holds, as a sentence. */
  readonly name: string;
  /** One line per finding, opening with the path; empty when all is well. */
  readonly judge: (files: readonly SourceFile[]) => readonly string[];
  /** A rule that cannot fail is a defect: each sample must give at least one finding. */
  readonly refuses: readonly [Sample, ...Sample[]];
  readonly accepts: readonly [Sample, ...Sample[]];
}

const root = join(import.meta.dirname, '../..');
const text = /\.(?:ts|js|mjs|cjs|css|ejs|html|json|md|mermaid|svg|yaml)$/;

/** One file of the project. */
export const readOne = (path: string): SourceFile => ({ path, text: readFileSync(join(root, path), 'utf8') });

/** Every text file under the named folders of the project. */
export function readTree(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && text.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') })),
  );
}

export const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
export const isTypeScript = ({ path }: SourceFile): boolean => path.endsWith('.ts');
/** A sample file of that many lines. */
export const ofLines = (count: number, firstLine = 'export const one = 1;'): string =>
  `${[firstLine, ...Array.from({ length: count - 1 }, (_, index) => `export const n${index} = ${index};`)].join('\n')}\n`;
