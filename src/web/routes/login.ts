/** The login machine's pages. Everything is decided in login/; here a position becomes a page, and a post an answer. */
import type Router from '@koa/router';
import type Koa from 'koa';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import { type Login, type Position, subjectIn } from '../../login/login.ts';
import { portalRequest } from '../../login/request.ts';
import type { StepMeans } from '../../login/step.ts';
import { offersTrust, trustDaysOf } from '../../login/trust.ts';
import { helpLinks } from '../aside-login.ts';
import { loginTargets } from '../content-policy.ts';
import { loginDenied } from '../login-denied.ts';
import type { Form, PageKit } from '../page.ts';
import type { LoginAsker } from '../protocol.ts';
import type { ViewModels } from '../views.ts';

export interface LoginRouteMeans {
  readonly login: Login;
  readonly steps: StepMeans;
  readonly protocols: readonly LoginAsker[];
  readonly ids: Ids;
}

type StepPosition = Extract<Position, { kind: 'step' }>;
type FinishedPosition = Extract<Position, { kind: 'finished' }>;

export function loginRoutes(router: Router, page: PageKit, { login, steps, protocols, ids }: LoginRouteMeans): void {
  const { visitors } = page;

  router.get('/login', async (ctx: Koa.Context) => {
    const handle = ids.token();
    const position = await login.begin(handle, portalRequest, await visitors.visitor(ctx));
    const isThere = position.kind === 'finished' && position.outcome.kind === 'granted';
    seeOther(ctx, isThere ? '/' : `/login/${handle}`);
  });

  router.get('/login/:handle', async (ctx) => {
    const { handle = '' } = ctx.params;
    await answer(ctx, handle, await login.look(handle, await visitors.visitor(ctx)));
  });

  router.post('/login/:handle', async (ctx) => {
    const { handle = '' } = ctx.params;
    const form = await page.form(ctx);
    const visitor = await visitors.visitor(ctx);
    const shown = { step: form('step'), turn: Number(form('turn')), subject: form('subject') };
    try {
      await answer(ctx, handle, await login.answer(handle, shown, form, visitor), form);
    } catch (error) {
      if (!isDomainError(error, 'attempt.stale')) throw error;
      // Another tab or a second click was first: show where the login stands now.
      seeOther(ctx, `/login/${handle}`);
    }
  });

  router.get('/login/:handle/cancel', async (ctx) => {
    const { handle = '' } = ctx.params;
    await answer(ctx, handle, await login.cancel(handle, await visitors.visitor(ctx)));
  });

  /** From a page of refusal back to the service, which is told so. */
  router.get('/login/:handle/return', async (ctx) => {
    const { handle = '' } = ctx.params;
    const position = await login.look(handle, await visitors.visitor(ctx));
    if (position.kind !== 'finished') return seeOther(ctx, `/login/${handle}`);
    return goOn(ctx, handle, position);
  });

  async function answer(ctx: Koa.Context, handle: string, position: Position, form?: Form): Promise<void> {
    if (position.kind === 'step') return showStep(ctx, handle, position, form);
    if (position.sessionToken !== undefined) {
      visitors.rememberSession(ctx, position.sessionToken, position.signedIn);
    }
    if (position.trustToken !== undefined && position.outcome.accountId !== undefined) {
      visitors.rememberTrust(ctx, position.outcome.accountId, position.trustToken);
    }
    const denied = await loginDenied(page, ctx, handle, position);
    if (denied) {
      await page.show(ctx, 'denied', denied);
      ctx.status = 403;
      return;
    }
    return goOn(ctx, handle, position);
  }

  async function goOn(ctx: Koa.Context, handle: string, { attempt, situation, outcome }: FinishedPosition) {
    if (attempt.request.protocol === 'portal') {
      const { returnTo = '/' } = attempt.request;
      return seeOther(ctx, outcome.kind === 'granted' ? returnTo : '/');
    }
    const protocol = protocols.find(({ name }) => name === attempt.request.protocol);
    try {
      if (!protocol) throw new DomainError('attempt.not_found');
      seeOther(ctx, await protocol.deliver(handle, outcome));
    } catch (error) {
      // The answer went out before: this is the Back button, and the way on is the service itself.
      const { connection } = situation;
      if (!isDomainError(error, 'attempt.not_found') || !connection) throw error;
      const service = { name: connection.name[page.locale(ctx)] };
      await page.show(ctx, 'login/returning', { service, href: connection.homeUrl });
    }
  }

  async function showStep(ctx: Koa.Context, handle: string, position: StepPosition, form?: Form): Promise<void> {
    const { attempt, situation, decision, problem } = position;
    const { step } = decision;
    const locale = page.locale(ctx);
    const shown = await step.show(steps, situation, {
      locale,
      ...(problem ? { problem } : {}),
      ...(form && problem ? { typed: form } : {}),
      ...(typeof ctx.query.certificate === 'string' ? { brought: ctx.query.certificate } : {}),
    });
    const model = {
      ...shown,
      action: `/login/${handle}`,
      csrf: page.formToken(ctx),
      step: step.name,
      turn: attempt.version,
      subject: subjectIn(situation),
      cancelHref: attempt.request.protocol === 'portal' ? portalOf(position) : `/login/${handle}/cancel`,
      help: helpLinks(handle),
      ...(offersTrust(situation, step.name) ? { trustDays: trustDaysOf(steps.config) } : {}),
    };
    const view = `login/${step.name}` as const;
    // Each step shows its own view's part; a test renders every step, which is what the compiler cannot follow here.
    await page.show(
      ctx,
      view,
      model as ViewModels[typeof view],
      situation.connection ? loginTargets(situation.connection) : [],
    );
    if (problem?.kind === 'throttled') {
      ctx.set('Retry-After', String(Math.max(1, Math.ceil((problem.until - login.now()) / 1000))));
      ctx.status = 429;
    } else if (problem) {
      ctx.status = 422;
    }
  }
}

/** Whoever came from their own pages goes back to them, to the one that asks for no check. */
const portalOf = ({ attempt, situation }: StepPosition): string =>
  attempt.request.returnTo !== undefined && situation.session ? '/account' : '/';

function seeOther(ctx: Koa.Context, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}
