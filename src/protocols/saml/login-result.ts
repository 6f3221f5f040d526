/**
 * A login that was granted becomes a response: the person's name and attributes for this service, the class that is true,
 * and the service entered in the session. Nothing here decides whether it may be.
 */
import type { Locale } from '../../base/locale.ts';
import type { Config } from '../../config/schema.ts';
import type { Attributes } from '../../core/attributes/attributes.ts';
import type { AttributeSource } from '../../core/attributes/source.ts';
import type { SamlConnection } from '../../core/connections/connection.ts';
import type { LiveRing } from '../../core/keys/live-ring.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { Owner } from '../../login/facts.ts';
import type { Stored, Write } from '../../store/port.ts';
import { answerWrite } from './answered-request.ts';
import { assertableFor } from './assertable.ts';
import { attributesFor } from './attributes.ts';
import { enterService } from './entry.ts';
import { issuerFor } from './issuer.ts';
import { unknownPrincipal } from './login-request.ts';
import { nameIdFor, nameIdKindFor, type SamlNameId } from './name-id.ts';
import { nameIdFormats } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import type { Question } from './requests/question.ts';
import type { AskedSubject } from './requests/subject.ts';
import { contextFor, type ProvenLogin } from './responses/context.ts';
import { messageId, successResponse } from './responses/response.ts';
import { countReturn, isLooping } from './returns.ts';
import { signerFor } from './signing-key.ts';
import type { CanonicalXml } from './xml/write.ts';

export interface ResultMeans {
  readonly world: World;
  readonly config: Config;
  readonly ring: LiveRing;
  readonly attributes: Attributes;
}

export interface GrantedLogin extends ProvenLogin {
  readonly session: Stored<Session>;
  readonly owner: Owner;
  readonly locale: Locale;
}

/** @throws SamlRefusal `name_id_refused`, `subject_unknown`, `replayed`, `looping`. */
export async function responseFor(
  means: ResultMeans,
  connection: SamlConnection,
  question: Question,
  login: GrantedLogin,
): Promise<CanonicalXml> {
  const { world, config, attributes } = means;
  const { session, owner, locale } = login;
  const now = world.clock.now();
  const issuer = issuerFor(config, connection, owner.account);
  const source = attributes.sourceOf(owner, { now, locale, connection });
  const nameId = nameIdOf(means, connection, question, { source, issuer });
  const context = contextFor(assertableFor(config, connection, question.context), connection, question.context, login);
  if (await isLooping(world, config.saml.returns, session.id, connection.id)) {
    throw new SamlRefusal('looping', 'the service came back too often within a short while');
  }
  const told = await attributesFor({ world, attributes }, connection, source, issuer);
  const entered = await enterService(world, session, {
    connectionId: connection.id,
    nameId,
    issuer,
    writes: writesFor(means, question, session),
    ...(context.isStandIn ? { toldAs: context.name } : {}),
  });
  const { sessionLifetime, assertionLifetime } = config.saml;
  const { consumer, requestId } = question;
  return successResponse(
    { ids: world.ids, signer: signerFor(means.ring.current().keys, connection) },
    connection,
    question,
    {
      id: messageId(world.ids),
      ...entered,
      audience: connection.saml.entityId,
      recipient: consumer.url,
      ...(requestId === undefined ? {} : { inResponseTo: requestId }),
      issuedAt: now,
      notOnOrAfter: Math.min(now + assertionLifetime, question.notOnOrAfter ?? Number.POSITIVE_INFINITY),
      attributes: told,
      context,
      ...(sessionLifetime === undefined ? {} : { sessionEndsAt: Math.min(now + sessionLifetime, session.endsAt) }),
    },
  );
}

function writesFor(
  { world, config }: ResultMeans,
  { requestId, connectionId }: Question,
  { id }: Session,
): readonly Write[] {
  const returned = countReturn(world, config.saml.returns, id, connectionId);
  if (requestId === undefined) return [returned];
  // It may have begun several logins, and each may end as late as a login may.
  const passesFor = 2 * config.saml.clockSkew + config.login.attemptLifetime;
  return [answerWrite(world, passesFor, connectionId, requestId), returned];
}

function nameIdOf(
  { world, attributes }: ResultMeans,
  connection: SamlConnection,
  { nameIdPolicy, subject }: Question,
  { source, issuer }: { readonly source: AttributeSource; readonly issuer: string },
): SamlNameId {
  const kind = nameIdKindFor(connection, nameIdPolicy);
  const nameId = nameIdFor({ ids: world.ids, attributes }, connection, source, { kind, issuer });
  if (subject && isAnother(subject, nameId)) {
    throw new SamlRefusal('subject_unknown', 'the person is not whom the request names', { status: unknownPrincipal });
  }
  return nameId;
}

/** Core 3.4.1.4: the subject that was asked for, or none. Of a transient name the login machine has judged already. */
function isAnother(asked: AskedSubject, { format, value }: SamlNameId): boolean {
  if (asked.format !== format || format === nameIdFormats.transient) return false;
  return format === nameIdFormats.email ? asked.value.toLowerCase() !== value.toLowerCase() : asked.value !== value;
}
