/** SAML 2.0 as the rest of the house sees it: messages and handles in, answers out. The web serves its paths. */
import { DomainError } from '../../base/errors.ts';
import { connections, isSaml, type SamlConnection } from '../../core/connections/connection.ts';
import { connectionByEntityId } from '../../core/connections/registry.ts';
import { findAttempt } from '../../login/attempt.ts';
import type { LoginOrigin } from '../../login/facts.ts';
import type { Outcome } from '../../login/outcome.ts';
import type { Answer, Arrival } from './answer.ts';
import { resolveArtifact } from './artifacts/resolve-artifact.ts';
import { decodeRedirect } from './bindings/redirect.ts';
import { issuerFor } from './issuer.ts';
import { type SamlLogout, samlLogout } from './logout/logout.ts';
import type { ReceiveMeans } from './logout/receive.ts';
import { samlPaths } from './places.ts';
import { keepMessage, type PostedMeans, readMessage } from './posted-message.ts';
import { SamlRefusal } from './refusal.ts';
import { chooseConsumer } from './requests/consumer.ts';
import { judgeSender, judgeWishes, placeOf, type Received, readRequest } from './requests/judge-request.ts';
import type { Question } from './requests/question.ts';
import { statusOfDenial } from './responses/denial-status.ts';
import { orStatus, type SignOnMeans, signOn, tellStatus } from './sign-on.ts';

export interface Saml {
  readonly name: 'saml';
  /** A form that another site posted to one of `samlPaths`, where it is asked for again by GET. */
  keepPosted(path: string, form: string, from: LoginOrigin): Promise<Answer>;
  /** A request at /saml/sso, by its query as it was received. */
  signOn(rawQuery: string, arrival: Arrival): Promise<Answer>;
  /** The login under this handle has ended. @returns the path where the browser goes on. */
  deliver(handle: string, outcome: Outcome): Promise<string>;
  /** @throws DomainError `attempt.not_found`, `attempt.foreign_browser` */
  goOn(handle: string, arrival: Arrival): Promise<Answer>;
  /** A SOAP envelope for another. @throws SamlRefusal */
  resolveArtifact(envelope: string): Promise<string>;
  readonly logout: SamlLogout;
}

type SamlMeans = SignOnMeans & ReceiveMeans & PostedMeans;

export function openSaml(means: SamlMeans): Saml {
  return {
    name: 'saml',
    keepPosted: (path, form, from) =>
      orRefused(async () => ({ kind: 'redirect', to: `${path}?posted=${await keepMessage(means, form, from)}` })),

    async signOn(rawQuery, arrival) {
      const query = new URLSearchParams(rawQuery);
      const providerId = query.get('providerId');
      if (providerId !== null) return orRefused(() => unsolicited(means, providerId, query, arrival));
      return orRefused(async () => requested(means, await receivedBy(means, rawQuery, query), arrival));
    },

    // What was asked is kept with the attempt, and so is how it ended: there is nothing to be told.
    deliver: async (handle) => `${samlPaths.goOn}/${handle}`,
    goOn: (handle, arrival) => goOn(means, handle, arrival),
    resolveArtifact: (envelope) => resolveArtifact(means, envelope),
    logout: samlLogout(means),
  };
}

type Refused = Extract<Answer, { kind: 'refused' }>;

/** Adds to a refusal for whom it is told, as soon as that is known. */
async function orRefused(work: () => Promise<Answer>, connection?: SamlConnection): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error;
    return { kind: 'refused', refusal: error, ...(connection ? { connection } : {}) } satisfies Refused;
  }
}

/** @throws DomainError `attempt.not_found` when a posted one has been kept too long. */
async function receivedBy(means: PostedMeans, rawQuery: string, query: URLSearchParams): Promise<Received> {
  const handle = query.get('posted');
  if (handle !== null) return requestIn(await readMessage(means, handle));
  const { isSigned, ...message } = decodeRedirect(rawQuery);
  return { ...requestIn(message), ...(isSigned ? { signedQuery: rawQuery } : {}) };
}

/** A response is not taken here: we ask nobody. */
function requestIn<Message extends { readonly kind: string }>({ kind, ...message }: Message): Omit<Message, 'kind'> {
  if (kind !== 'SAMLRequest') throw new SamlRefusal('message_invalid', 'a response where requests are taken');
  return message;
}

async function requested(means: SignOnMeans, received: Received, arrival: Arrival): Promise<Answer> {
  const { world, config } = means;
  const read = readRequest(received);
  const connection = await senderNamed(world, read.asSent.issuer);
  return orRefused(async () => {
    const now = world.clock.now();
    const { clockSkew } = config.saml;
    const location = `${config.server.issuer}${samlPaths.sso}`;
    const request = judgeSender(received, read, { connection, location, now, clockSkew });
    const place = placeOf(request, connection, received.relayState);
    return orStatus(means, { connection, place, arrival }, () => {
      const question = judgeWishes(request, place, {
        connection,
        issuer: issuerFor(config, connection),
        now,
        clockSkew,
      });
      return signOn(means, { connection, question }, arrival);
    });
  }, connection);
}

/** @throws SamlRefusal `sender_unknown` */
async function senderNamed(world: SignOnMeans['world'], entityId: string): Promise<SamlConnection> {
  const connection = await connectionByEntityId(world, entityId);
  if (connection) return connection;
  throw new SamlRefusal('sender_unknown', 'no connection has this entityID', { written: entityId });
}

/** Profiles 4.1.5: the portal or a link begins it. `target` and `shire` are what other providers call these. */
async function unsolicited(
  means: SignOnMeans,
  providerId: string,
  query: URLSearchParams,
  arrival: Arrival,
): Promise<Answer> {
  const connection = await senderNamed(means.world, providerId);
  return orRefused(async () => {
    if (connection.state !== 'active') throw new SamlRefusal('sender_suspended', 'the connection is suspended');
    if (!connection.saml.mayBeUnsolicited) {
      throw new SamlRefusal('request_unsupported', 'a login to this service begins there');
    }
    const consumerUrl = query.get('shire');
    const target = targetIn(query, connection);
    const consumer = chooseConsumer(connection.saml.consumers, consumerUrl === null ? {} : { consumerUrl });
    const { url, binding, index } = consumer;
    const question: Question = {
      connectionId: connection.id,
      consumer: { url, binding, index },
      force: false,
      passive: false,
      ...(target === undefined ? {} : { relayState: target }),
    };
    return signOn(means, { connection, question }, arrival);
  }, connection);
}

/** A page of the service's own: it may send the person there unseen, and anybody can write a link to here. */
function targetIn(query: URLSearchParams, { homeUrl, saml }: SamlConnection): string | undefined {
  const target = query.get('target');
  if (target === null) return undefined;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const own = [homeUrl, ...saml.consumers.map((consumer) => consumer.url)].map((one) => new URL(one).origin);
  // As it was understood here: a backslash or an account in front leads elsewhere with a reader who understands less.
  if (url && own.includes(url.origin) && url.username === '' && url.password === '') return url.href;
  throw new SamlRefusal('request_unsupported', 'the target is no page of the service');
}

async function goOn(means: SignOnMeans, handle: string, arrival: Arrival): Promise<Answer> {
  const { browserToken } = await arrival.visitor();
  const { request, outcome } = await findAttempt(means.world, handle, browserToken);
  if (request.protocol !== 'saml' || request.carried === undefined) throw new DomainError('attempt.not_found');
  if (!outcome) return { kind: 'redirect', to: `/login/${handle}` };
  const question = JSON.parse(request.carried) as Question;
  const connection = await means.world.store.get(connections, question.connectionId);
  if (!connection || !isSaml(connection)) throw new DomainError('connection.not_found');
  return orRefused(async () => {
    checkStanding(connection, question);
    if (outcome.kind === 'granted') return signOn(means, { connection, question, granted: outcome }, arrival);
    // Where nobody asked, nobody waits for an answer.
    if (question.requestId === undefined) return { kind: 'redirect', to: '/' };
    return tellStatus(means, connection, question, { status: statusOfDenial(outcome.reason, connection) });
  }, connection);
}

/** What was judged when the request came may have changed while somebody typed. */
function checkStanding({ state, saml }: SamlConnection, { consumer }: Question): void {
  if (state !== 'active') throw new SamlRefusal('sender_suspended', 'the connection is suspended');
  const isThere = saml.consumers.some(({ url, binding }) => url === consumer.url && binding === consumer.binding);
  if (!isThere)
    throw new SamlRefusal('consumer_unknown', 'the place for the answer is not one of the connection any more');
}
