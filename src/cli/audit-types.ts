/** The types of audit events, for the command line to offer. Total: an event that is new and not named here does not compile. */
import type { AuditEvent } from '../core/audit/event.ts';

const named: Readonly<Record<AuditEvent['type'], true>> = {
  'account.issued': true,
  'account.suspended': true,
  'account.unlocked': true,
  'connection.imported': true,
  'connection.resumed': true,
  'connection.secret_rotated': true,
  'connection.suspended': true,
  'demo.entered': true,
  'key.moved': true,
  'login.denied': true,
  'login.failed': true,
  'login.granted': true,
  'master_key.moved': true,
  'notice.dead': true,
  'notice.dropped': true,
  'notice.retried': true,
  'notice.sent': true,
  'password.set': true,
  'person.registered': true,
  'person.updated': true,
  'release.allowed': true,
  'release.denied': true,
  'role.granted': true,
  'service.entered': true,
  'session.ended': true,
  'setup.link_issued': true,
  'store.backed_up': true,
  'store.restored': true,
  'terms.accepted': true,
};

export const auditTypes = Object.keys(named) as readonly AuditEvent['type'][];
