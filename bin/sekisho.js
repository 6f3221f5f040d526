#!/usr/bin/env -S node --max-semi-space-size=4 --heap-growing-percent=25
/**
 * Starts src/main.ts, which Node reads as it is from version 24 on. In plain JavaScript, so that an older Node can at
 * least say what is missing. The flags are those of `npm start`: docs/decisions/0009-memory.md.
 */
const [major] = process.versions.node.split('.').map(Number);
if (major >= 24) {
  await import('../src/main.ts');
} else {
  console.error(
    `Sekisho needs Node 24 or later; this is ${process.versions.node}. npm ci brings the right one: start it with npm start, or npx sekisho <verb>.`,
  );
  process.exitCode = 2;
}
