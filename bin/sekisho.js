#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=15 --no-maglev --invocation-count-for-turbofan=300
/**
 * Starts src/main.ts, which Node reads as it is from version 24 on. In plain JavaScript, so that an older Node can at
 * least say what is missing, and so that the compile cache is open before the first file with types is read.
 * The flags are those of `npm start`: docs/decisions/0019-compile-cache.md, 0022-hot-code.md.
 */
import { join } from 'node:path';

const [major] = process.versions.node.split('.').map(Number);
if (major >= 24) {
  const { openCompileCache } = await import('./compile-cache.js');
  openCompileCache(join(import.meta.dirname, '../node_modules/.cache/sekisho'));
  await import('../src/main.ts');
} else {
  console.error(
    `Sekisho needs Node 24 or later; this is ${process.versions.node}. npm ci brings the right one: start it with npm start, or npx sekisho <verb>.`,
  );
  process.exitCode = 2;
}
