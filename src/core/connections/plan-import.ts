/**
 * What importing a judged document would do: per connection new, changed or unchanged, and the writes for all of them in
 * one commit. What an entry leaves to the record (state, times, secrets in use) stays as it was; nothing is deleted.
 */
import type { Finding } from '../../base/document/problem.ts';
import { insert, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type Connection, connections, isOidc } from './connection.ts';
import type { ConnectionEntry } from './document-schema.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';
import { isCurrent, planSecrets } from './secret-slots.ts';

export interface PlannedConnection {
  readonly id: string;
  readonly kind: 'new' | 'changed' | 'unchanged';
  /** Empty for a new one. */
  readonly changes: readonly FieldChange[];
  /** To be shown once, after the commit. */
  readonly secret?: string;
}

export interface ImportPlan {
  readonly connections: readonly PlannedConnection[];
  /** Not empty: nothing may be written. */
  readonly findings: readonly Finding[];
  readonly writes: readonly Write[];
}

export async function planImport(world: World, actor: Actor, entries: readonly ConnectionEntry[]): Promise<ImportPlan> {
  const known = await Promise.all(entries.map(({ id }) => world.store.get(connections, id)));
  const planned = entries.map((entry, index) => planOne(world, actor, entry, known[index]));
  return {
    connections: planned.flatMap((one) => (one === 'no secret' ? [] : [one.connection])),
    findings: planned.flatMap((one, index) =>
      one === 'no secret' ? [{ path: ['connections', index, 'oidc', 'secret'], message: noSecret }] : [],
    ),
    writes: planned.flatMap((one) => (one === 'no secret' ? [] : one.writes)),
  };
}

const noSecret = 'is missing: the connection has no secret yet; write secret: generate, or the sha256 of one';

interface OnePlan {
  readonly connection: PlannedConnection;
  readonly writes: readonly Write[];
}

function planOne(
  world: World,
  actor: Actor,
  entry: ConnectionEntry,
  known: Stored<Connection> | undefined,
): OnePlan | 'no secret' {
  const now = world.clock.now();
  // A slot that has run out is no difference between two documents.
  const current = (known?.oidc?.secrets ?? []).filter((slot) => isCurrent(slot, now));
  const secrets = planSecrets(world, entry.oidc, current);
  if (secrets === 'missing') return 'no secret';
  const { listed, oidc, ...written } = entry;
  const { secret: _written, ...settings } = oidc;
  const next: Connection = {
    ...written,
    isListed: listed,
    oidc: { ...settings, secrets: secrets.slots },
    state: known?.state ?? 'active',
    ...(known?.suspensionReason === undefined ? {} : { suspensionReason: known.suspensionReason }),
    createdAt: known?.createdAt ?? now,
    changedAt: now,
  };
  const before = known && isOidc(known) ? { ...known, oidc: { ...known.oidc, secrets: current } } : known;
  const changes = before ? fieldChanges(before, next) : [];
  const kind = known ? (changes.length > 0 ? 'changed' : 'unchanged') : 'new';
  const connection = {
    id: entry.id,
    kind,
    changes,
    ...(secrets.secret === undefined ? {} : { secret: secrets.secret }),
  } as const;
  if (kind === 'unchanged') return { connection, writes: [] };
  const write = known ? replace(connections, { ...next, version: known.version }) : insert(connections, next);
  const event = auditWrite(world, actor, { type: 'connection.imported', connectionId: entry.id });
  return { connection, writes: [write, event] };
}
