/**
 * Single sign-on (Profiles 4.1): a judged question is put to the login machine, and what comes of it goes back to where the
 * service takes it. A session that suffices answers without an attempt and without a page.
 */
import type { SamlConnection } from '../../core/connections/connection.ts';
import type { FactorUse } from '../../core/credentials/factor-use.ts';
import { accounts } from '../../core/people/account.ts';
import { people } from '../../core/people/person.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { Owner } from '../../login/facts.ts';
import type { Login } from '../../login/login.ts';
import type { Outcome } from '../../login/outcome.ts';
import type { LoginRequest } from '../../login/request.ts';
import type { Stored } from '../../store/port.ts';
import type { Answer, Arrival } from './answer.ts';
import { assertableFor } from './assertable.ts';
import { issuerFor } from './issuer.ts';
import { loginRequestOf } from './login-request.ts';
import { type ResultMeans, responseFor } from './login-result.ts';
import { nameIdKindFor } from './name-id.ts';
import { SamlRefusal, type SamlStatus } from './refusal.ts';
import { judgeEnd } from './requests/conditions.ts';
import type { Question, ReplyPlace } from './requests/question.ts';
import { deliver } from './responses/deliver.ts';
import { statusOfDenial } from './responses/denial-status.ts';
import { statusResponse } from './responses/response.ts';
import { signerFor } from './signing-key.ts';

export interface SignOnMeans extends ResultMeans {
  readonly login: Login;
}

/** `granted`: what an attempt for this very question ended with. */
export interface Asked {
  readonly connection: SamlConnection;
  readonly question: Question;
  readonly granted?: Extract<Outcome, { kind: 'granted' }>;
}

/** Refusals with a status are answered to the service, by `orStatus`; those without are thrown. */
export async function signOn(means: SignOnMeans, asked: Asked, arrival: Arrival): Promise<Answer> {
  const { connection, question } = asked;
  return orStatus(means, { connection, place: question, arrival }, async () => {
    // Before anybody types a password for nothing, and again when they have.
    nameIdKindFor(connection, question.nameIdPolicy);
    judgeEnd(question.notOnOrAfter, means.world.clock.now());
    const owner = arrival.session && (await ownerOf(means.world, arrival.session));
    const request = requestOf(means, asked, arrival);
    const { granted } = asked;
    if (arrival.session && owner && granted?.sessionId === arrival.session.id) {
      return answer(means, asked, { ...arrival, session: arrival.session, owner, ...granted });
    }
    return judged(means, { ...asked, request, ...(owner ? { owner } : {}) }, arrival);
  });
}

function requestOf({ config }: SignOnMeans, { connection, question }: Asked, { session }: Arrival): LoginRequest {
  const assertable = assertableFor(config, connection, question.context);
  return loginRequestOf(question, { connection, assertable, issuer: issuerFor(config, connection), session });
}

interface Judged extends Asked {
  readonly request: LoginRequest;
  readonly owner?: Owner;
}

async function judged(means: SignOnMeans, asked: Judged, arrival: Arrival): Promise<Answer> {
  const { connection, question, request, owner } = asked;
  const { session, origin } = arrival;
  const read = { connection, ...(owner ? { owner } : {}) };
  const { decision, factors } = await means.login.judge(request, session, origin, read);
  if (decision.kind === 'granted' && session && owner) {
    return answer(means, asked, { ...arrival, session, owner, factors });
  }
  if (!question.passive) return begin(means, asked, arrival);
  const status = decision.kind === 'denied' ? statusOfDenial(decision.reason, connection) : noPassive;
  throw new SamlRefusal('passive_impossible', 'IsPassive, and the person would have to be asked', { status });
}

/** Core 3.4.1.4: a page would have to be shown. */
const noPassive: SamlStatus = { top: 'responder', second: 'noPassive' };

async function begin(means: SignOnMeans, asked: Judged, arrival: Arrival): Promise<Answer> {
  const handle = means.world.ids.token();
  const visitor = await arrival.visitor();
  const position = await means.login.begin(handle, asked.request, visitor);
  const { session } = visitor;
  // A browser that is trusted may have been all that was missing.
  if (position.kind === 'finished' && position.outcome.kind === 'granted' && session && asked.owner) {
    return answer(means, asked, { ...arrival, session, owner: asked.owner, ...position.outcome });
  }
  return { kind: 'redirect', to: `/login/${handle}` };
}

interface Passed extends Pick<Arrival, 'locale'> {
  readonly session: Stored<Session>;
  readonly owner: Owner;
  readonly factors: readonly FactorUse[];
  readonly trustedBrowserId?: string;
}

async function answer(means: SignOnMeans, { connection, question }: Asked, passed: Passed): Promise<Answer> {
  const { session, owner, locale, factors, trustedBrowserId } = passed;
  const login = { session, owner, locale, factors, isTrusted: trustedBrowserId !== undefined };
  return deliver(means, connection, question, await responseFor(means, connection, question, login));
}

interface Asking {
  readonly connection: SamlConnection;
  readonly place: ReplyPlace;
  readonly arrival: Arrival;
}

/** What may travel, does: to the place that the connection names, signed. Nobody asked for an answer that begins here. */
export async function orStatus(
  means: SignOnMeans,
  { connection, place, arrival }: Asking,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SamlRefusal) || !error.status || place.requestId === undefined) throw error;
    // A service that asks again at once would have the browser go round, and no page of ours would ever be seen.
    if (arrival.countTold(connection.id) > means.config.saml.returns.most) throw loopingOn(error);
    const answer = await tellStatus(means, connection, place, { status: error.status, words: error.message });
    return answer.kind === 'refused' ? answer : { ...answer, told: { connectionId: connection.id, refusal: error } };
  }
}

export async function tellStatus(
  means: SignOnMeans,
  connection: SamlConnection,
  place: ReplyPlace,
  told: { readonly status: SamlStatus; readonly words?: string },
): Promise<Answer> {
  const { world, config, ring } = means;
  const signer = signerFor(ring.current().keys, connection);
  const message = { issuer: issuerFor(config, connection), issuedAt: world.clock.now(), place, ...told };
  return deliver(means, connection, place, await statusResponse({ ids: world.ids, signer }, message));
}

const loopingOn = (cause: SamlRefusal): SamlRefusal =>
  new SamlRefusal('looping', `the service keeps asking, and is always told ${cause.reason}`, { cause });

async function ownerOf({ store }: World, { accountId }: Session): Promise<Owner | undefined> {
  const account = await store.get(accounts, accountId);
  const person = account && (await store.get(people, account.personId));
  return account && person ? { account, person } : undefined;
}
