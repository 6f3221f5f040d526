/** An audit event in a line for people, and as a document for programs. */
import type { Actor, AuditEvent } from '../core/audit/event.ts';
import type { LoginNames } from './login-names.ts';
import { isoTime, type Reader, shownTime } from './shown-time.ts';
import { printable } from './table.ts';

/** `Fri 10 April 2026, 17:00  account.suspended  by operator tester  account: a0123456, reason: lost telephone` */
export function auditLine({ at, type, actor, facts }: AuditEvent, names: LoginNames, reader: Reader): string {
  const told = Object.entries(facts)
    .filter(([field]) => field !== 'type')
    .map(([field, value]) => `${fieldWord(field)}: ${field === 'accountId' ? nameOf(names, value) : textOf(value)}`);
  return printable(
    [shownTime(at, reader), type, `by ${actorText(actor, names)}`, told.join(', ')].join('  ').trimEnd(),
  );
}

/** The salt stays out: with it, the digest of an event that is gone would confirm a guess. */
export const auditJson = ({ id, at, type, actor, facts, batch }: AuditEvent) => ({
  id,
  at: isoTime(at),
  type,
  actor,
  facts,
  batch,
});

function actorText({ kind, id, address, device, login }: Actor, names: LoginNames): string {
  const who = kind === 'system' ? 'the system' : kind === 'operator' ? `operator ${id ?? ''}`.trimEnd() : undefined;
  const from = address === undefined ? '' : ` from ${address}`;
  const on = device === undefined ? '' : ` on ${device}`;
  const during = login === undefined ? '' : ` in login ${login}`;
  return `${who ?? (id === undefined ? 'somebody' : nameOf(names, id))}${from}${on}${during}`;
}

const nameOf = (names: LoginNames, id: unknown): string => names.get(String(id)) ?? textOf(id);

const fieldWord = (field: string): string => field.replace(/Id$/, '');

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(' + ') || 'none'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
