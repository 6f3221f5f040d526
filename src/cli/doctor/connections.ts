/**
 * Whether the addresses of connected services that Sekisho calls answer as they should: keys, lists of addresses, logout
 * endpoints. One that does not answer as fast as a login could wait is asked again with patience, to tell slow from gone.
 */
import type { Instant } from '../../base/clock.ts';
import { type Connection, isOidc } from '../../core/connections/connection.ts';
import { readKeySet } from '../../core/connections/key-set.ts';
import { allConnections } from '../../core/connections/registry.ts';
import { outgoingOptions } from '../../outgoing/configured.ts';
import { type Outgoing, openOutgoing } from '../../outgoing/open-outgoing.ts';
import type { Outcome, Outward } from '../../outgoing/outcome.ts';
import { sectorProblem } from '../../protocols/oidc/sector-list.ts';
import { sectorWords, unreachedWords } from '../unreached.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';
import { judgeRegistered, tell } from './registered-certificates.ts';

const quickly = { connectTime: 5_000, totalTime: 5_000 };
const patiently = { connectTime: 20_000, totalTime: 30_000 };
const atOnce = 8;

export async function reachConnections({ config, clock, file, ca }: OpenPatient): Promise<readonly Finding[]> {
  const outgoing = openOutgoing({ ...outgoingOptions(config), ...(ca ? { ca } : {}) });
  const all = await allConnections({ store: file.store });
  const checks = all
    .filter(({ state }) => state === 'active')
    .flatMap((connection) => [keys, sector, logout].map((look) => () => look(outgoing, connection, clock.now())));
  const found = (await inTurns(checks)).flat();
  return found.length > 0 ? found : [note('connections', 'no active connection has an address that Sekisho calls')];
}

/** A few at a time: a hundred services at once would take the network for themselves. */
async function inTurns<T>(tasks: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = [];
  const left = tasks.entries();
  const work = async () => {
    for (const [index, task] of left) results[index] = await task();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function keys(outgoing: Outgoing, connection: Connection, now: Instant): Promise<readonly Finding[]> {
  const { id, oidc } = connection;
  if (oidc?.jwksUri === undefined) return [];
  const { outcome, isSlow } = await ask(outgoing, oidc.jwksUri, { headers: { accept: 'application/json' } });
  const of = `the keys of ${id} at ${oidc.jwksUri}`;
  const todo = `${tell(connection)} It cannot authenticate, unless a running server has fetched its keys before.`;
  if (outcome.kind === 'failed') {
    return [problem('connections', `${of} cannot be fetched: ${unreachedWords[outcome.reason]}`, todo)];
  }
  const { status } = outcome.answer;
  if (status !== 200)
    return [problem('connections', `${of} cannot be fetched: it answers with status ${status}`, todo)];
  const set = readKeySet(outcome.answer.text());
  if (set.keys.length === 0) return [problem('connections', `${of} are of no use: ${set.problems.join('; ')}`, todo)];
  const odd = set.problems.map((what) =>
    warning('connections', `${of}: ${what}`, `${tell(connection)} It is not believed.`),
  );
  return [
    ...odd,
    ...(isOidc(connection) ? judgeRegistered(connection, set.keys, now) : []),
    ...answered(of, isSlow, connection),
  ];
}

async function sector(outgoing: Outgoing, connection: Connection): Promise<readonly Finding[]> {
  const { id, oidc } = connection;
  if (oidc?.sectorIdentifierUri === undefined) return [];
  const wrong = await sectorProblem(outgoing, oidc, patiently);
  const of = `the list of addresses of ${id} at ${oidc.sectorIdentifierUri}`;
  if (wrong === undefined) return answered(of, false, connection);
  const todo = `${tell(connection)} Logins go on with what was approved; a changed connection could not be imported.`;
  return [warning('connections', `${of} ${sectorWords(wrong)}`, todo)];
}

/** A message without a token does nothing, and a service that takes logout messages refuses it (Back-Channel Logout 2.8). */
async function logout(outgoing: Outgoing, connection: Connection): Promise<readonly Finding[]> {
  const { id, oidc } = connection;
  if (oidc?.backchannelLogoutUri === undefined) return [];
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { outcome, isSlow } = await ask(outgoing, oidc.backchannelLogoutUri, { method: 'POST', headers, body: '' });
  const of = `the logout address of ${id}, ${oidc.backchannelLogoutUri},`;
  const todo = `${tell(connection)} People stay signed in there; \`sekisho outbox list --kind logout\` shows what is owed.`;
  if (outcome.kind === 'failed') {
    return [warning('connections', `${of} does not take messages: ${unreachedWords[outcome.reason]}`, todo)];
  }
  const { status } = outcome.answer;
  if ([401, 403, 404, 405].includes(status) || status >= 500) {
    return [warning('connections', `${of} does not take messages: it answers with status ${status}`, todo)];
  }
  return answered(of, isSlow, connection);
}

async function ask(outgoing: Outgoing, url: string, outward: Outward): Promise<{ outcome: Outcome; isSlow: boolean }> {
  const first = await outgoing.request(url, { ...outward, limits: quickly });
  if (first.kind === 'answered' || first.reason !== 'timeout') return { outcome: first, isSlow: false };
  return { outcome: await outgoing.request(url, { ...outward, limits: patiently }), isSlow: true };
}

const answered = (of: string, isSlow: boolean, connection: Connection): readonly Finding[] =>
  isSlow
    ? [
        warning(
          'connections',
          `${of} answers, but too late for whoever waits`,
          `${tell(connection)} It takes more than 5 s.`,
        ),
      ]
    : [ok('connections', `${of} answers as it should`)];
