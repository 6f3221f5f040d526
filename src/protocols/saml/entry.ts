/**
 * A service is entered: our session names it among its participants, with the name by which it knows the person and the
 * index of its session there, which logout goes by. In the same commit the request is used up. By compare-and-swap: two
 * tabs that enter at the same moment agree on one index, and what one writes is not lost in what the other does.
 */
import { digestOf } from '../../base/digest.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import { loginHere } from '../../base/trail.ts';
import { auditWrite } from '../../core/audit/event.ts';
import { planEntry, sessionById } from '../../core/sessions/keep.ts';
import type { Participant, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { Stored, Write } from '../../store/port.ts';
import type { SamlNameId } from './name-id.ts';
import { nameIdFormats } from './names.ts';
import { SamlRefusal } from './refusal.ts';

/** What logout needs of an entered service. */
export interface EnteredAs {
  readonly nameId: SamlNameId;
  readonly sessionIndex: string;
  /** As which identity provider the service knows this one. */
  readonly issuer: string;
}

export interface Entering {
  readonly connectionId: string;
  readonly nameId: SamlNameId;
  readonly issuer: string;
  /** Committed with it. */
  readonly writes: readonly Write[];
  /** The class by which a trusted browser was told, which no level was reached for. */
  readonly toldAs?: string;
}

/** As many tabs as a browser restores at once, and more. */
const mostRounds = 50;

/** @throws SamlRefusal `replayed`; DomainError `session.not_found` when the session ended meanwhile. */
export async function enterService(world: World, first: Stored<Session>, entering: Entering): Promise<EnteredAs> {
  let session: Stored<Session> | undefined = first;
  for (let round = 0; session && round < mostRounds; round += 1) {
    const entered = enteredAs(world, session, entering);
    if (await enter(world, session, entering, entered)) return entered;
    session = await sessionById(world, first.id);
  }
  throw new DomainError(session ? 'store.conflict' : 'session.not_found');
}

/** False where another request has written the session in between. */
async function enter(world: World, session: Stored<Session>, entering: Entering, entered: EnteredAs): Promise<boolean> {
  const { connectionId, toldAs, writes } = entering;
  const { accountId } = session;
  const entry = planEntry(session, participantOf(world, session, connectionId, entered));
  const isTold = entry !== undefined || toldAs !== undefined;
  const facts = {
    type: 'service.entered' as const,
    accountId,
    connectionId,
    ...(toldAs === undefined ? {} : { toldAs }),
  };
  const told = isTold ? [auditWrite(world, { kind: 'person', id: accountId, ...loginHere() }, facts)] : [];
  try {
    await world.store.commit([...(entry ? [entry] : []), ...told, ...writes]);
    return true;
  } catch (error) {
    if (isDomainError(error, 'store.duplicate')) {
      throw new SamlRefusal('replayed', 'the request was answered before', { cause: error });
    }
    if (!isDomainError(error, 'store.conflict')) throw error;
    return false;
  }
}

const knownIn = ({ participants }: Session, connectionId: string): Participant | undefined =>
  participants.find((one) => one.connectionId === connectionId && one.protocol === 'saml');

/** The index is drawn for this service in this session, so that two services cannot compare them (Core 2.7.2). */
function enteredAs({ ids }: World, session: Session, { connectionId, nameId, issuer }: Entering): EnteredAs {
  const known = knownIn(session, connectionId);
  const before = known && enteredFrom(known);
  // A transient name lasts as long as the session: by a second one a logout would find only the last.
  const isKept =
    nameId.format === nameIdFormats.transient &&
    before?.nameId.format === nameId.format &&
    // By another name of either side it would be none of theirs (Core 8.3.8).
    before.nameId.spNameQualifier === nameId.spNameQualifier;
  return {
    nameId: isKept && before.issuer === issuer ? before.nameId : nameId,
    sessionIndex: before?.sessionIndex ?? `_${ids.bytes(16).toString('hex')}`,
    issuer,
  };
}

function participantOf({ clock }: World, session: Session, connectionId: string, entered: EnteredAs): Participant {
  const { nameId, sessionIndex, issuer } = entered;
  const { format, value, nameQualifier, spNameQualifier } = nameId;
  return {
    connectionId,
    protocol: 'saml',
    enteredAt: knownIn(session, connectionId)?.enteredAt ?? clock.now(),
    handles: {
      nameId: value,
      nameIdFormat: format,
      ...(nameQualifier === undefined ? {} : { nameQualifier }),
      ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
      sessionIndex,
      issuer,
    },
    names: [nameOfIndex(connectionId, sessionIndex), nameOfPerson(connectionId, value)],
  };
}

/** By these a LogoutRequest finds the session where no browser brings it. One service's name means nothing to another. */
export const nameOfIndex = (connectionId: string, sessionIndex: string): string =>
  digestOf(`index ${connectionId} ${sessionIndex}`);
export const nameOfPerson = (connectionId: string, nameId: string): string =>
  digestOf(`name ${connectionId} ${nameId}`);

/** As the service knows it; undefined for a participant of another protocol. */
export function enteredFrom({ protocol, handles }: Participant): EnteredAs | undefined {
  const { nameId: value, nameIdFormat: format, nameQualifier, spNameQualifier, sessionIndex, issuer } = handles;
  const isWhole = protocol === 'saml' && value !== undefined && format !== undefined;
  if (!isWhole || sessionIndex === undefined || issuer === undefined) return undefined;
  const qualifiers = {
    ...(nameQualifier === undefined ? {} : { nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
  };
  return { nameId: { format, value, ...qualifiers }, sessionIndex, issuer };
}
