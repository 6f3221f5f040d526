/**
 * `store forget`: what `restore` does beside putting a file in its place, for stores that are restored by other means. A dump
 * that comes back brings ended sessions and used codes with it, and they would be good again.
 */
import { type Command, Option } from 'commander';
import { auditWrite } from '../core/audit/event.ts';
import type { World } from '../core/world.ts';
import { storeFilesOf, storeSetOf } from '../store/open.ts';
import { confirm } from './confirm.ts';
import { done, type Report } from './report.ts';
import { refusal } from './store-in-files.ts';
import { addChangingVerb, type Call, configOf, onGround, type Run } from './verb.ts';
import { volatileCollections } from './volatile-collections.ts';

const words = {
  usage: 'forget',
  summary: 'after a restore of MongoDB: take out what must not come back with it',
  more: `Sessions, logins under way, codes, tokens and trusted browsers go; everybody signs in again, and no service is told. Call it
before the first node is started on what was restored. What \`sekisho restore\` has put in its place needs it not.`,
  json: '{ removed: { collection: count } }; refused: { refused: [{ reason, message }] }',
};

interface ForgetOptions {
  readonly config?: string;
  readonly yes?: boolean;
}

export const addStoreForget = (parent: Command, run: Run): Command =>
  addChangingVerb<ForgetOptions>(parent, run, words, forget, [new Option('--yes', 'without being asked')]);

async function forget(call: Call<ForgetOptions>): Promise<Report> {
  const { store } = configOf(call);
  const set = storeSetOf(store);
  if (!set) {
    const path = storeFilesOf(store.url)?.path ?? store.url;
    return refusal('no_set', `${path} is restored by \`sekisho restore\`, which takes these out itself.`);
  }
  if (call.isDryRun) {
    return onGround(call, async () => done([`These would be taken out of ${set.name}: ${names}.`], { removed: {} }));
  }
  if (!call.options.yes) {
    const consequence = [`Everybody who is signed in on ${set.name} has to sign in again. Services are not told.`];
    await confirm(call.terminal, consequence, 'forget');
  }
  const removed = await set.forget(volatileCollections);
  // Opened only now: whoever looks at it from here on meets nothing of what was good once.
  return onGround(call, async (world) => report(world, call, removed));
}

async function report(
  world: World,
  { actor }: Call<ForgetOptions>,
  removed: Readonly<Record<string, number>>,
): Promise<Report> {
  await world.store.commit([auditWrite(world, actor, { type: 'store.forgotten' })]);
  const counts = Object.entries(removed).filter(([, count]) => count > 0);
  const told = counts.length === 0 ? 'nothing was there' : counts.map(([name, count]) => `${count} ${name}`).join(', ');
  return done(
    [
      `Taken out: ${told}. Everybody signs in again.`,
      '',
      'What happened after the backup is not in it. Before you start the nodes: docs/operations.md, "Restore, and the drill", says',
      'what must not come undone.',
    ],
    { removed },
  );
}

const names = volatileCollections.map(({ name }) => name).join(', ');
