/**
 * A session that is over lies in the store until its services are told. Whoever reads the collection past core/sessions
 * would take it for one that goes on, and let its cookie or its tokens work.
 */
import { isTypeScript, type Rule } from '../source-tree.ts';

const reads = /\b(?:get|find|count)\(\s*sessions\b|\bfindOne\(\s*[\w.]+,\s*sessions\b/;

export const sessionReaders: Rule = {
  name: 'sessions are read through core/sessions',
  judge: (files) =>
    files
      .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/core/sessions/'))
      .filter((file) => isTypeScript(file) && reads.test(file.text))
      .map(({ path }) => `${path}: reads sessions without asking whether they are over`),
  refuses: [
    { why: 'a look by id', files: [{ path: 'src/web/a.ts', text: 'await world.store.get(sessions, id);' }] },
    { why: 'a search', files: [{ path: 'src/protocols/a.ts', text: 'store.find(\n  sessions,\n  query);' }] },
    {
      why: 'a search for one',
      files: [{ path: 'src/web/a.ts', text: "findOne(world.store, sessions, 'byToken', t)" }],
    },
  ],
  accepts: [
    {
      why: 'a look where it is judged',
      files: [{ path: 'src/core/sessions/keep.ts', text: 'store.get(sessions, id)' }],
    },
    { why: 'a list of collections', files: [{ path: 'src/ground.ts', text: 'const all = [sessions];' }] },
    { why: 'a map of that name', files: [{ path: 'src/web/a.ts', text: 'sessions.get(exchange.req)' }] },
  ],
};
