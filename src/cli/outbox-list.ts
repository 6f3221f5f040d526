/** `outbox list`: what is owed to somebody outside and has not been delivered, or what became of it. Never what it says. */
import { type Command, Option } from 'commander';
import type { Instant } from '../base/clock.ts';
import { type NoticeKind, noticeKinds } from '../core/notices/content.ts';
import { countNotices, listNotices, type NoticeListing, type NoticeRow } from '../core/notices/list.ts';
import { type NoticeState, noticeStates } from '../core/notices/notice.ts';
import type { World } from '../core/world.ts';
import type { Stored } from '../store/port.ts';
import { parseCount } from './count-option.ts';
import { type LoginNames, loginNames } from './login-names.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { isoTime, type Reader, readerOf, shownTime } from './shown-time.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list mails, logout messages and webhooks that have not been delivered, the newest first',
  more: `due waits for its time or its next try, sending is under way, dead was given up after its last try. What was sent or
dropped is listed with --state for 30 days.`,
  json: `{ notices: [{ id, kind, topic, state, accountId?, createdAt, attempts, lastTriedAt?, lastError?, dueAt?, lapsesAt?,
settledAt?, goneAt?, dropReason? }], more: boolean, counts: { due, sending, dead } }`,
};

interface ListOptions {
  readonly state?: NoticeState;
  readonly kind?: NoticeKind;
  readonly account?: string;
  readonly limit: number;
}

const options = [
  new Option('--state <state>', 'in this state only').choices(noticeStates),
  new Option('--kind <kind>', 'of this kind only').choices(noticeKinds),
  new Option('--account <login-name>', 'about this account'),
  new Option('--limit <count>', 'at most so many').default(50).argParser(parseCount),
];

const undelivered: readonly NoticeState[] = ['due', 'sending', 'dead'];

export const addOutboxList = (parent: Command, run: Run): Command =>
  addVerb<ListOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { config }) => {
        const { rows, more } = await readRows(world, call.options);
        const counts = await countsOf(world);
        const json = { notices: rows.map(jsonOf), more, counts };
        const summary = `due: ${counts.due}, sending: ${counts.sending}, dead: ${counts.dead}`;
        if (rows.length === 0) return done(['There is no such notice.', summary], json);
        const reader = readerOf(call.terminal.environment, config);
        const names = await loginNames(
          world.store,
          rows.flatMap(({ accountId }) => accountId ?? []),
        );
        const head = ['id', 'what', 'about', 'owed since', 'state', 'tries'];
        const cells = rows.map((row) => cellsOf(row, names, world.clock.now(), reader));
        return done(
          [
            tableOf(head, cells),
            ...(more ? [`There are more than ${call.options.limit}: --limit, --state, --kind and --account.`] : []),
            summary,
          ],
          json,
        );
      }),
    options,
  );

async function readRows(world: World, { state, kind, account, limit }: ListOptions) {
  const filter = {
    ...(kind === undefined ? {} : { kind }),
    ...(account === undefined ? {} : { accountId: (await namedAccount(world, account)).id }),
  };
  const states = state === undefined ? undelivered : [state];
  const pages = await Promise.all(states.map((one) => readSome(world, { ...filter, state: one }, limit)));
  const rows = pages.flatMap((page) => page.rows).sort((a, b) => b.createdAt - a.createdAt || b.order - a.order);
  return { rows: rows.slice(0, limit), more: rows.length > limit || pages.some((page) => page.more) };
}

/** The store answers no more records at once. */
const longestPage = 1_000;

async function readSome(world: World, listing: NoticeListing, limit: number) {
  const rows: Stored<NoticeRow>[] = [];
  let after: string | undefined;
  do {
    const room = Math.min(longestPage, limit - rows.length);
    const page = await listNotices(world, { ...listing, limit: room, ...(after === undefined ? {} : { after }) });
    rows.push(...page.records);
    after = page.next;
  } while (after !== undefined && rows.length < limit);
  return { rows, more: after !== undefined };
}

async function countsOf(world: World) {
  const [due = 0, sending = 0, dead = 0] = await Promise.all(undelivered.map((state) => countNotices(world, state)));
  return { due, sending, dead };
}

function cellsOf(row: NoticeRow, names: LoginNames, now: Instant, reader: Reader): readonly string[] {
  const { id, kind, topic, accountId, createdAt, attempts, lastError } = row;
  return [
    id,
    `${kind} ${topic}`,
    accountId === undefined ? '' : (names.get(accountId) ?? accountId),
    shownTime(createdAt, reader),
    stateText(row, now, reader),
    lastError === undefined ? `${attempts}` : `${attempts}: ${lastError}`,
  ];
}

function stateText({ state, dueAt, settledAt, dropReason }: NoticeRow, now: Instant, reader: Reader): string {
  if (state === 'due' && dueAt !== undefined) return dueAt <= now ? 'due now' : `due ${shownTime(dueAt, reader)}`;
  if (settledAt === undefined) return state;
  const settled = `${state} ${shownTime(settledAt, reader)}`;
  return dropReason === undefined ? settled : `${settled}: ${dropReason}`;
}

const instants = ['createdAt', 'lastTriedAt', 'dueAt', 'lapsesAt', 'settledAt', 'goneAt'] as const;

function jsonOf(row: Stored<NoticeRow>) {
  const { order: _order, waitsSince: _waitsSince, version: _version, ...told } = row;
  const times = instants.flatMap((field) => (row[field] === undefined ? [] : [[field, isoTime(row[field])] as const]));
  return { ...told, ...Object.fromEntries(times) };
}
