/** Nothing but the hash: compares a password as often as it is asked to, on the threads that a login has. */
import { createServer } from 'node:http';
import { passwordHasher } from '../../../src/core/credentials/password-hash.ts';
import type { FromServer } from './messages.ts';

const [, , port = '', memoryKiB = '', iterations = '', parallelism = ''] = process.argv;
const hasher = passwordHasher({
  memoryKiB: Number(memoryKiB),
  iterations: Number(iterations),
  parallelism: Number(parallelism),
});
const stored = await hasher.hash('Kamo7gawaTobi');
createServer((_request, response) => {
  void hasher.matches(stored, 'Kamo7gawaTobi').then((isRight) => {
    response.statusCode = isRight ? 200 : 500;
    response.end();
  });
}).listen(Number(port), '127.0.0.1', () => {
  process.send?.({ kind: 'ready', cookies: [] } satisfies FromServer);
});
