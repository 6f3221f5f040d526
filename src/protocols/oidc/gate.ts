/**
 * The one check of oidc-provider's login prompt: it asks the login machine what its table says of this request and this
 * session, the same table that decides about every step. Where nothing is left to do, it puts on the request what the
 * login proved (acr, amr, auth_time) and the grant, and lets it pass.
 */
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { OidcConnection } from '../../core/connections/connection.ts';
import { type Assertable, assertionOf } from '../../core/credentials/assertion.ts';
import type { FactorUse } from '../../core/credentials/factor-use.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { Judgement, Login } from '../../login/login.ts';
import type { Decision } from '../../login/next-step.ts';
import type { DenialReason } from '../../login/outcome.ts';
import type { LoginRequest } from '../../login/request.ts';
import type { RequestAllowance } from '../../login/request-allowance.ts';
import type { Asking } from '../../login/step.ts';
import type { Stored } from '../../store/port.ts';
import type { ClaimMap } from './claims.ts';
import type { Clients } from './client.ts';
import { enterService } from './entry.ts';
import type { ReadAccount } from './find-account.ts';
import { takePushed } from './kept-length.ts';
import { loginRequestOf, requestedAcr } from './login-request.ts';
import type { Pages } from './pages.ts';
import type { Subjects } from './subjects.ts';

export interface GateMeans {
  readonly world: World;
  readonly clients: Clients;
  readonly login: Login;
  readonly pages: Pages;
  readonly subjects: Subjects;
  readonly assertable: Assertable;
  readonly claims: ClaimMap;
  readonly allowance: RequestAllowance;
}

/** What the attempt of this very interaction ended with; set by login-result.ts. */
interface InteractionResult {
  readonly sekisho?: { readonly sessionId: string; readonly factors: readonly FactorUse[] };
}

/** What prompt=none is answered where a page would be needed (OIDC Core 3.1.2.6). */
const passiveErrors: Readonly<Record<Asking, string>> = {
  login: 'login_required',
  account: 'account_selection_required',
  interaction: 'interaction_required',
  consent: 'consent_required',
};

/** Also the error that a service receives when a login ends so. */
export const denialErrors: Readonly<Record<DenialReason, string>> = {
  cancelled: 'access_denied',
  terms_declined: 'access_denied',
  release_denied: 'access_denied',
  connection_suspended: 'access_denied',
  suspended: 'access_denied',
  expired: 'access_denied',
  other_account: 'login_required',
  level_unreachable: 'unmet_authentication_requirements',
  enrolment_closed: 'unmet_authentication_requirements',
  not_for_you: 'access_denied',
};

export function loginPolicy(means: GateMeans) {
  const { Check, Prompt } = interactionPolicy;
  const gate = new Check('not_granted', 'not granted', 'login_required', async (ctx) => {
    const decision = await decide(means, ctx);
    if (decision.kind === 'granted') return Check.NO_NEED_TO_PROMPT;
    // A check has one error, whatever it finds; one check for each would be fourteen for every request that passes.
    if (ctx.oidc.promptPending('none')) throw passiveRefusal(decision);
    return Check.REQUEST_PROMPT;
  });
  return [
    new Prompt({ name: 'login', requestable: true }, gate),
    new Prompt({ name: 'consent', requestable: true }),
    new Prompt({ name: 'select_account', requestable: true }),
  ];
}

/** To the service, and by GET: as oidc-provider sends what a check of its own refuses. */
function passiveRefusal(decision: Exclude<Decision, { kind: 'granted' }>): Error {
  const [reason, error] =
    decision.kind === 'step'
      ? [`${decision.step.asks}_due`, passiveErrors[decision.step.asks]]
      : [decision.reason, denialErrors[decision.reason]];
  const refusal = new errors.CustomOIDCProviderError(error, reason.replaceAll('_', ' '));
  return Object.assign(refusal, { status: 303, statusCode: 303, expose: true });
}

async function decide(means: GateMeans, ctx: KoaContextWithOIDC): Promise<Decision> {
  const session = await means.pages.session(ctx);
  const connection = means.clients.connectionOf(ctx.oidc.client);
  if (!connection) return { kind: 'denied', reason: 'connection_suspended' };
  const request = requestOf(means, ctx, connection);
  const result = ctx.oidc.result as InteractionResult | undefined;
  // The attempt of this interaction was granted, in this very session: what it forced, chose or allowed, it has done.
  const done = session !== undefined && result?.sekisho?.sessionId === session.id ? result.sekisho : undefined;
  const owner = (ctx.oidc.account as ReadAccount | undefined)?.owner;
  const read = { connection, ...(owner ? { owner } : {}) };
  const { decision, factors }: Judgement = done
    ? { decision: { kind: 'granted' }, factors: done.factors }
    : await means.login.judge(request, session, means.pages.origin(ctx), read);
  if (decision.kind === 'granted' && session) await admit(means, ctx, session, factors);
  else await takePushed(means, ctx);
  return decision;
}

export const requestOf = (
  { assertable, claims }: GateMeans,
  ctx: KoaContextWithOIDC,
  connection: OidcConnection,
): LoginRequest => loginRequestOf(ctx, connection, { levelNames: assertable.names, claims });

/** acr, amr and auth_time are those of this request, not of the one that happened to come first in the session. */
async function admit(
  means: GateMeans,
  ctx: KoaContextWithOIDC,
  session: Stored<Session>,
  factors: readonly FactorUse[],
): Promise<void> {
  const { names } = requestedAcr(ctx);
  const assertion = assertionOf(means.assertable, factors, { names, comparison: 'exact' });
  // Not after this very moment: the clock of the node that took the password may be ahead of this one's.
  const loginTs = Math.floor(Math.min(assertion.at, means.world.clock.now()) / 1000);
  Object.assign(ctx.oidc.session ?? {}, { acr: assertion.name, amr: [...assertion.methods], loginTs });
  await enterService(means.world, ctx, session);
}
