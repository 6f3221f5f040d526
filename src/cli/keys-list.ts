/** `keys list`: the keys of the installation, and what the calendar asks of each next. Never a key itself. */
import { type Command, Option } from 'commander';
import type { Instant } from '../base/clock.ts';
import { pinnedKeys } from '../core/connections/pinned-keys.ts';
import { isTurning } from '../core/keys/plan-rotation.ts';
import { readCertificate } from '../core/keys/read-certificate.ts';
import { type RingKey, readKeys } from '../core/keys/ring.ts';
import { type NextTurn, nextTurn, type TurnKind } from './next-turn.ts';
import { done } from './report.ts';
import { isoTime, type Reader, readerOf, shownTime } from './shown-time.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the keys that sign, when each turns next, and the certificates',
  more: `A key is published as next, signs as active, and is published as retiring until what it signed has expired. One that a
connection pins is kept for as long as it is pinned, and signs for that connection.`,
  json: '{ keys: [{ id, use, algorithm, serial, state, createdAt, since, next?: { kind: "succeed" | "activate" | "retire" | "drop", at }, keptFor?: [connection], certificate?: { fingerprint, from, until } }] }',
};

const all = new Option('--all', 'those that are gone, too');

export const addKeysList = (parent: Command, run: Run): Command =>
  addVerb<{ readonly all?: boolean }>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async ({ store, clock }, { config, turning }) => {
        const reader = readerOf(call.terminal.environment, config);
        const now = clock.now();
        const known = await readKeys(store);
        const pinned = await pinnedKeys({ store }, known);
        const listed = known
          .filter(({ state }) => call.options.all || state !== 'gone')
          .map((key) => ({ key, next: nextTurn(key, known, { rules: turning.rules, pinned }) }));
        const rows = listed.map(({ key, next }) => [
          key.use,
          key.algorithm,
          String(key.serial),
          key.state,
          shownTime(key.since, reader),
          pinnedSentence(pinned.get(key.id)) ?? nextSentence(key, next, now, reader),
        ]);
        const certified = listed.flatMap(({ key }) => {
          const read = readCertificate(key);
          return read ? [[key.id, shownTime(read.endsAt, reader), read.fingerprint]] : [];
        });
        const tables = [
          tableOf(['use', 'algorithm', 'serial', 'state', 'since', 'next'], rows),
          ...(certified.length > 0
            ? [tableOf(['certificate of', 'valid until', 'SHA-256 fingerprint'], certified)]
            : []),
        ];
        return done(tables, {
          keys: listed.map(({ key, next }) => ({ ...jsonOf(key, next), ...pinnedJson(pinned.get(key.id)) })),
        });
      }),
    [all],
  );

const happenings: Readonly<Record<TurnKind, string>> = {
  succeed: 'successor is published',
  activate: 'signs',
  retire: 'signs no more',
  drop: 'is gone',
};

const pinnedSentence = (by: readonly string[] | undefined): string | undefined => by && `is kept for ${by.join(', ')}`;
const pinnedJson = (by: readonly string[] | undefined) => (by ? { keptFor: by } : {});

function nextSentence({ use, state }: RingKey, next: NextTurn | undefined, now: Instant, reader: Reader): string {
  if (next) return `${happenings[next.kind]}: ${next.at <= now ? 'due now' : shownTime(next.at, reader)}`;
  if (state === 'gone') return '';
  return isTurning(use) ? 'nothing is planned' : 'does not turn';
}

function jsonOf(key: RingKey, next: NextTurn | undefined) {
  const { id, use, algorithm, serial, state, createdAt, since } = key;
  const read = readCertificate(key);
  return {
    id,
    use,
    algorithm,
    serial,
    state,
    createdAt: isoTime(createdAt),
    since: isoTime(since),
    ...(next ? { next: { kind: next.kind, at: isoTime(next.at) } } : {}),
    ...(read
      ? { certificate: { fingerprint: read.fingerprint, from: isoTime(read.beginsAt), until: isoTime(read.endsAt) } }
      : {}),
  };
}
