/**
 * Opens Node's compile cache beside the program: what lies there is not stripped of its types again at every start, and
 * the WebAssembly that strips is not loaded (docs/decisions/0019-compile-cache.md). Whoever can write the cache can have
 * this process run anything, since Node holds its entries against a checksum and no more: so never in the temporary
 * directory, which is Node's own choice, and never where another user may write.
 */
import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';

/** Without a cache that can be trusted the program starts as it would without any. */
export function openCompileCache(directory) {
  // The operator's own choice: Node has opened it before this line.
  if (process.env.NODE_COMPILE_CACHE) return;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    if (!isOursAlone(directory)) return;
  } catch {
    // A program folder that we may only read, and nothing prepared in it.
    return;
  }
  // Node makes a folder in it at once, as wide as the umask allows.
  const umask = process.umask(0o022);
  enableCompileCache(directory);
  process.umask(umask);
  // The threads of this process and its workers read it from here.
  process.env.NODE_COMPILE_CACHE = directory;
}

/**
 * Whether nobody but root and this user could have written what is read, or can put another in its place before Node opens
 * it. Node reads from one of the folders inside. Further up is `node_modules`: who can write there has the program itself.
 */
function isOursAlone(directory) {
  const inside = readdirSync(directory).map((name) => join(directory, name));
  return [dirname(directory), directory, ...inside].every((path) => {
    const { mode, uid } = lstatSync(path);
    return (uid === 0 || uid === process.getuid?.()) && (mode & 0o022) === 0;
  });
}
