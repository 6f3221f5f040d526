/** `keys list`: the keys of the installation, and what the calendar asks of each next. Never a key itself. */
import { type Command, Option } from 'commander';
import type { Instant } from '../base/clock.ts';
import type { Locale } from '../base/locale.ts';
import { turningUses } from '../core/keys/plan-rotation.ts';
import { type RingKey, readKeys } from '../core/keys/ring.ts';
import { localeOf } from './locale.ts';
import { type NextTurn, nextTurn, type TurnKind } from './next-turn.ts';
import { done } from './report.ts';
import { isoTime, shownTime } from './shown-time.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the keys that sign, and when each turns next',
  more: 'A key is published as next, signs as active, and is published as retiring until what it signed has expired.',
  json: '{ keys: [{ id, use, algorithm, serial, state, createdAt, since, next?: { kind: "succeed" | "activate" | "retire" | "drop", at } }] }',
};

const all = new Option('--all', 'those that are gone, too');

export const addKeysList = (parent: Command, run: Run): Command =>
  addVerb<{ readonly all?: boolean }>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async ({ store, clock }, { config }) => {
        const locale = localeOf(call.terminal.environment);
        const now = clock.now();
        const known = await readKeys(store);
        const listed = known
          .filter(({ state }) => call.options.all || state !== 'gone')
          .map((key) => ({ key, next: nextTurn(key, known, config.keys.rotation) }));
        const rows = listed.map(({ key, next }) => [
          key.use,
          key.algorithm,
          String(key.serial),
          key.state,
          shownTime(key.since, locale),
          nextSentence(key, next, now, locale),
        ]);
        return done([tableOf(['use', 'algorithm', 'serial', 'state', 'since', 'next'], rows)], {
          keys: listed.map(({ key, next }) => jsonOf(key, next)),
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

function nextSentence({ use, state }: RingKey, next: NextTurn | undefined, now: Instant, locale: Locale): string {
  if (next) return `${happenings[next.kind]}: ${next.at <= now ? 'due now' : shownTime(next.at, locale)}`;
  if (state === 'gone') return '';
  return turningUses.includes(use) ? 'nothing is planned' : 'does not turn';
}

const jsonOf = ({ id, use, algorithm, serial, state, createdAt, since }: RingKey, next: NextTurn | undefined) => ({
  id,
  use,
  algorithm,
  serial,
  state,
  createdAt: isoTime(createdAt),
  since: isoTime(since),
  ...(next ? { next: { kind: next.kind, at: isoTime(next.at) } } : {}),
});
