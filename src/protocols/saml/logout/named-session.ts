/**
 * The session that a LogoutRequest speaks of: one in which this service was entered, under the name that it was told there.
 * A name that fits nobody is no reason to tell the service anything about who is signed in.
 */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { LiveRing } from '../../../core/keys/live-ring.ts';
import { sessionsNamed } from '../../../core/sessions/keep.ts';
import type { Session } from '../../../core/sessions/session.ts';
import type { World } from '../../../core/world.ts';
import type { Stored } from '../../../store/port.ts';
import { decrypt } from '../encryption/decrypt.ts';
import { type EnteredAs, enteredFrom, nameOfIndex, nameOfPerson } from '../entry.ts';
import { nameIdFormats, namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { type AskedSubject, readNameId } from '../requests/subject.ts';
import { isNamed } from '../xml/element.ts';
import type { LogoutRequest } from './logout-request.ts';

/** The person that the request names. @throws SamlRefusal `decryption_failed`, `message_invalid` */
export function personIn({ person }: LogoutRequest, ring: LiveRing): AskedSubject {
  if (isNamed(person, namespaces.assertion, 'NameID')) return readNameId(person);
  // The one kind of RSA key that services know us by.
  const keys = ring.current().keys.filter(({ use, algorithm }) => use === 'saml-signing' && algorithm === 'RS256');
  const opened = decrypt(
    person,
    keys.map(({ key }) => key),
  );
  if (!isNamed(opened, namespaces.assertion, 'NameID')) {
    throw new SamlRefusal('message_invalid', 'EncryptedID holds no NameID');
  }
  return readNameId(opened);
}

/** All sessions that are meant, those of this browser and those of others. */
export async function namedSessions(
  world: World,
  connection: SamlConnection,
  person: AskedSubject,
  { sessionIndexes }: Pick<LogoutRequest, 'sessionIndexes'>,
): Promise<readonly Stored<Session>[]> {
  const names =
    sessionIndexes.length > 0
      ? sessionIndexes.map((index) => nameOfIndex(connection.id, index))
      : [nameOfPerson(connection.id, person.value)];
  const found = (await Promise.all(names.map((name) => sessionsNamed(world, name)))).flat();
  const meant = found.filter((session) => isMeant(session, connection, person));
  if (found.length > 0 && meant.length === 0) throw unknown('SessionIndex and NameID are not those of one session');
  return meant;
}

/** @throws SamlRefusal `subject_unknown`: the service is in this session, and speaks of another or of somebody else. */
export function checkOwn(session: Session, connection: SamlConnection, meant: readonly Stored<Session>[]): void {
  const isEntered = session.participants.some(({ connectionId }) => connectionId === connection.id);
  if (isEntered && meant.every(({ id }) => id !== session.id)) {
    throw unknown('NameID or SessionIndex is not that of this session');
  }
}

const unknown = (detail: string): SamlRefusal =>
  new SamlRefusal('subject_unknown', detail, { status: { top: 'requester', second: 'unknownPrincipal' } });

function isMeant({ participants }: Session, { id }: SamlConnection, person: AskedSubject): boolean {
  const entered = participants.flatMap((one) => (one.connectionId === id ? (enteredFrom(one) ?? []) : []));
  return entered.some(({ nameId }) => isSameName(nameId, person));
}

/** Core 8.3: without a format, and without qualifiers, nothing is said of them; where they are there, they must fit. */
function isSameName(known: EnteredAs['nameId'], said: AskedSubject): boolean {
  const isSame = (left: string | undefined, right: string | undefined) => right === undefined || left === right;
  return (
    known.value === said.value &&
    (said.format === nameIdFormats.unspecified || said.format === known.format) &&
    isSame(known.nameQualifier, said.nameQualifier) &&
    isSame(known.spNameQualifier, said.spNameQualifier)
  );
}
