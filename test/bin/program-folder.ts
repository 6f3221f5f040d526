/** A folder with the bin/ of the program and a few lines that stand for src/main.ts. */
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns its path; whoever made it removes it. */
export function programFolder(main: string): string {
  const program = mkdtempSync(join(tmpdir(), 'sekisho-program-'));
  cpSync('bin', join(program, 'bin'), { recursive: true });
  mkdirSync(join(program, 'src'));
  writeFileSync(join(program, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(program, 'src/main.ts'), main);
  return program;
}

/** Where its compile cache is to lie. */
export const cacheOf = (program: string): string => join(program, 'node_modules/.cache/sekisho');
