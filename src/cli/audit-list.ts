/** `audit list`: who did what, when, from where. */
import { type Command, Option } from 'commander';
import type { AuditEvent } from '../core/audit/event.ts';
import { type AuditFilter, listAudit } from '../core/audit/list.ts';
import { connectionById } from '../core/connections/registry.ts';
import type { World } from '../core/world.ts';
import { auditJson, auditLine } from './audit-line.ts';
import { auditTypes } from './audit-types.ts';
import { parseCount } from './count-option.ts';
import { loginNames } from './login-names.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { readerOf } from './shown-time.ts';
import { addVerb, onGround, type Run } from './verb.ts';
import { parseWhen, type When } from './when-option.ts';

const words = {
  usage: 'list',
  summary: 'list audit events, the newest first',
  more: `Times are given and shown as the university's clocks have them; --from and --to take 2026-04-10 (all of the day) or
2026-04-10T17:00, with an offset such as Z or +09:00 if you like.`,
  json: '{ events: [{ id, at, type, actor: { kind, id?, address?, device?, login? }, facts, batch (0: not sealed yet) }], more: boolean }',
};

interface ListOptions {
  readonly from?: When;
  readonly to?: When;
  readonly type?: AuditEvent['type'];
  readonly account?: string;
  readonly connection?: string;
  readonly limit: number;
  readonly oldestFirst?: boolean;
}

const options = [
  new Option('--from <time>', 'not before').argParser(parseWhen),
  new Option('--to <time>', 'up to and with').argParser(parseWhen),
  new Option('--type <type>', 'of this type only').choices(auditTypes),
  new Option('--account <login-name>', 'what happened to this account'),
  new Option('--connection <id>', 'what happened at this service'),
  new Option('--limit <count>', 'at most so many').default(50).argParser(parseCount),
  new Option('--oldest-first', 'in the order in which it happened'),
];

export const addAuditList = (parent: Command, run: Run): Command =>
  addVerb<ListOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { config }) => {
        const { limit, oldestFirst = false } = call.options;
        const filter = await filterOf(world, call.options, config.university.timeZone);
        const { events, more } = await readEvents(world, filter, limit, oldestFirst);
        const json = { events: events.map(auditJson), more };
        if (events.length === 0) return done(['There is no such event.'], json);
        const names = await loginNames(world.store, accountsIn(events));
        const reader = readerOf(call.terminal.environment, config);
        const lines = events.map((event) => auditLine(event, names, reader));
        return done(more ? [...lines, `There are more than ${limit}: --limit, --from and --to.`] : lines, json);
      }),
    options,
  );

async function filterOf(
  world: World,
  { from, to, type, account, connection }: ListOptions,
  timeZone: string,
): Promise<AuditFilter> {
  return {
    ...(from === undefined ? {} : { from: from(timeZone).from }),
    ...(to === undefined ? {} : { below: to(timeZone).below }),
    ...(type === undefined ? {} : { type }),
    ...(account === undefined ? {} : { accountId: (await namedAccount(world, account)).id }),
    // A name that is mistyped must not look like a service where nothing happened.
    ...(connection === undefined ? {} : { connectionId: (await connectionById(world, connection)).id }),
  };
}

/** The store answers no more records at once. */
const longestPage = 1_000;

async function readEvents(world: World, filter: AuditFilter, limit: number, oldestFirst: boolean) {
  const events: AuditEvent[] = [];
  let after: string | undefined;
  do {
    const room = Math.min(longestPage, limit - events.length);
    const listing = { ...filter, oldestFirst, limit: room, ...(after === undefined ? {} : { after }) };
    const page = await listAudit(world, listing);
    events.push(...page.records);
    after = page.next;
  } while (after !== undefined && events.length < limit);
  return { events, more: after !== undefined };
}

const accountsIn = (events: readonly AuditEvent[]): readonly string[] =>
  events.flatMap(({ actor, accountId }) => [
    ...(actor.kind === 'person' && actor.id !== undefined ? [actor.id] : []),
    ...(accountId === undefined ? [] : [accountId]),
  ]);
