/**
 * What importing a judged document would do: per connection new, changed or unchanged, and the writes for all of them in
 * one commit. What an entry leaves to the record (state, times, secrets in use) stays as it was; nothing is deleted.
 */
import type { Finding } from '../../base/document/problem.ts';
import { insert, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type Approved, type Connection, connections, isOidc, isSaml } from './connection.ts';
import type { JudgedEntry } from './document.ts';
import { type FieldChange, fieldChanges } from './field-changes.ts';
import type { OidcEntry } from './oidc-document.ts';
import type { OidcSettings } from './oidc-settings.ts';
import { allConnections, connectionByEntityId } from './registry.ts';
import { consequencesOf, type NamedEntity } from './saml/consequences.ts';
import type { SamlSettings } from './saml-settings.ts';
import { isCurrent, planSecrets } from './secret-slots.ts';

export interface PlannedConnection {
  readonly id: string;
  readonly kind: 'new' | 'changed' | 'unchanged';
  /** Empty for a new one. */
  readonly changes: readonly FieldChange[];
  /** To be shown once, after the commit. */
  readonly secret?: string;
  /** What should be known of it, and stops nothing. Paths begin at the connection. */
  readonly notes?: readonly Finding[];
}

export interface ImportPlan {
  readonly connections: readonly PlannedConnection[];
  /** Not empty: nothing may be written. */
  readonly findings: readonly Finding[];
  readonly writes: readonly Write[];
}

export async function planImport(world: World, actor: Actor, entries: readonly JudgedEntry[]): Promise<ImportPlan> {
  const known = await Promise.all(entries.map(({ id }) => world.store.get(connections, id)));
  const refused = await Promise.all(entries.map((entry, index) => refusalOf(world, entry, known[index])));
  const others = await namedEntities(world, entries);
  const planned = entries.map((entry, index) => planOne(world, actor, { entry, others }, known[index]));
  return {
    connections: planned.flatMap((one) => (one === 'no secret' ? [] : [one.connection])),
    findings: planned.flatMap((one, index) => [
      ...(one === 'no secret' ? [{ path: ['connections', index, 'oidc', 'secret'], message: noSecret }] : []),
      ...(refused[index] ?? []).map(({ path, message }) => ({ path: ['connections', index, ...path], message })),
    ]),
    writes: planned.flatMap((one) => (one === 'no secret' ? [] : one.writes)),
  };
}

const noSecret = 'is missing: the connection has no secret yet; write secret: generate, or the sha256 of one';

/** What the connections that are there have to say against it. */
async function refusalOf(
  world: World,
  { id, oidc, saml }: JudgedEntry,
  known: Stored<Connection> | undefined,
): Promise<readonly Finding[]> {
  const protocol = oidc ? 'oidc' : 'saml';
  // Identifiers of people, consents and sessions there would belong to another protocol from one moment to the next.
  if (known && !known[protocol]) {
    return [{ path: [protocol], message: `${id} is connected by another protocol: give this one an id of its own` }];
  }
  const holder = saml && (await connectionByEntityId(world, saml.entityId));
  if (!holder || holder.id === id) return [];
  return [{ path: ['saml'], message: `${saml.entityId} is ${holder.id} already` }];
}

/** Those of the store, and those beside it in the document. */
async function namedEntities(world: World, entries: readonly JudgedEntry[]): Promise<readonly NamedEntity[]> {
  const written = entries.flatMap(({ id, saml }) => (saml ? [{ id, entityId: saml.entityId }] : []));
  if (written.length === 0) return [];
  const stored = (await allConnections(world)).filter((one) => written.every(({ id }) => id !== one.id));
  return [...stored.flatMap((one) => (isSaml(one) ? [one] : [])), ...written];
}

interface OnePlan {
  readonly connection: PlannedConnection;
  readonly writes: readonly Write[];
}

function planOne(
  world: World,
  actor: Actor,
  { entry, others }: { readonly entry: JudgedEntry; readonly others: readonly NamedEntity[] },
  known: Stored<Connection> | undefined,
): OnePlan | 'no secret' {
  const now = world.clock.now();
  // A slot that has run out is no difference between two documents.
  const current = (known?.oidc?.secrets ?? []).filter((slot) => isCurrent(slot, now));
  const secrets = entry.oidc ? planSecrets(world, entry.oidc, current) : noSecrets;
  if (secrets === 'missing') return 'no secret';
  const { listed, oidc, saml, ...written } = entry;
  const approved = {
    ...written,
    isListed: listed,
    state: known?.state ?? 'active',
    ...(known?.suspensionReason === undefined ? {} : { suspensionReason: known.suspensionReason }),
    createdAt: known?.createdAt ?? now,
    changedAt: now,
  };
  const next = withProtocol(approved, { saml, oidc: oidc && { ...withoutSecret(oidc), secrets: secrets.slots } });
  const before = known && isOidc(known) ? { ...known, oidc: { ...known.oidc, secrets: current } } : known;
  const changes = before ? fieldChanges(before, next) : [];
  const kind = known ? (changes.length > 0 ? 'changed' : 'unchanged') : 'new';
  const connection = {
    id: entry.id,
    kind,
    changes,
    ...(secrets.secret === undefined ? {} : { secret: secrets.secret }),
    ...(saml ? { notes: consequencesOf(known?.saml, saml, others) } : {}),
  } as const;
  if (kind === 'unchanged') return { connection, writes: [] };
  const write = known ? replace(connections, { ...next, version: known.version }) : insert(connections, next);
  const event = auditWrite(world, actor, { type: 'connection.imported', connectionId: entry.id });
  return { connection, writes: [write, event] };
}

const noSecrets: Exclude<ReturnType<typeof planSecrets>, 'missing'> = { slots: [] };

function withoutSecret({ secret: _written, ...settings }: OidcEntry): Omit<OidcEntry, 'secret'> {
  return settings;
}

interface Protocols {
  readonly oidc: OidcSettings | undefined;
  readonly saml: SamlSettings | undefined;
}

/** A document with neither, or both, was refused before. */
function withProtocol(approved: Approved, { oidc, saml }: Protocols): Connection {
  if (saml) return { ...approved, saml, entityId: saml.entityId };
  if (oidc) return { ...approved, oidc };
  throw new Error(`the connection ${approved.id} has no protocol`);
}
