/** `store initiate`: makes a replica set of the servers in store.url, where they are none yet. */
import type { Command } from 'commander';
import { storeSetOf } from '../store/open.ts';
import { done, type Report } from './report.ts';
import { refusal } from './store-in-files.ts';
import { addVerb, type Call, configOf, type Run } from './verb.ts';

const words = {
  usage: 'initiate',
  summary: 'make a replica set of the MongoDB servers in store.url',
  more: `Every host in store.url becomes a member of the set that store.url names, with a vote. They must run, with --replSet and that
name, and be reached by these host names from each other and from every node. A set that stands is left as it is, so it can be
called again. Ends when there is a primary; waits a minute for servers that have just been started.`,
  json: '{ set, hosts: [host], primary, isNew }; refused: { refused: [{ reason, message }] }',
};

export const addStoreInitiate = (parent: Command, run: Run): Command => addVerb(parent, run, words, initiate);

async function initiate(call: Call<{ readonly config?: string }>): Promise<Report> {
  const set = storeSetOf(configOf(call).store);
  if (!set) return refusal('no_set', 'The configured store is no replica set: there is nothing to initiate.');
  const outcome = await set.initiate();
  if (outcome.kind === 'refused') {
    return refusal('not_initiated', `${set.name} has no primary: ${outcome.why}.`);
  }
  const { hosts, primary } = outcome;
  const isNew = outcome.kind === 'initiated';
  const line = isNew
    ? `${hosts.join(', ')} are one replica set now; ${primary} is its primary.`
    : `The replica set stands; ${primary} is its primary.`;
  return done([line], { set: set.name, hosts, primary, isNew });
}
