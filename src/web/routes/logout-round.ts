/**
 * /logout/round/…: the one page of a log-out, whichever side began it. It lists what is known of each service, and its
 * addresses below tell them: in a frame, or with the whole window as a link of a chain. They are links and not forms, since
 * Chromium would hold a form's targets against wherever the service leads on from there.
 */
import type Router from '@koa/router';
import type Koa from 'koa';
import { DomainError } from '../../base/errors.ts';
import { type LogoutRound, type RoundPart, roundByHandle } from '../../core/sessions/logout-round.ts';
import { isWhole, sendOwedAgain, standingOf } from '../../core/sessions/round-standing.ts';
import { noteSent, noteState } from '../../core/sessions/tell-in-browser.ts';
import type { World } from '../../core/world.ts';
import { frontChannelOf } from '../../protocols/oidc/front-channel.ts';
import type { Answer } from '../../protocols/saml/answer.ts';
import type { SamlLogout } from '../../protocols/saml/logout/logout.ts';
import type { Stored } from '../../store/port.ts';
import { contentPolicy } from '../content-policy.ts';
import { allowFraming, emptyFrame } from '../framed.ts';
import { roundPage } from '../logout-round-page.ts';
import type { PageKit } from '../page.ts';

export interface RoundMeans {
  readonly world: World;
  readonly saml: SamlLogout;
  /** Shows, posts or redirects. */
  readonly answer: (ctx: Koa.Context, answer: Answer) => Promise<void>;
}

const place = '/logout/round/:handle';

export function logoutRoundRoutes(router: Router, page: PageKit, means: RoundMeans): void {
  const { world, saml } = means;

  /** Another browser, or too late: it is told that it is logged out, which is so. */
  async function withRound(ctx: Koa.Context, work: (round: Stored<LogoutRound>) => Promise<void>): Promise<void> {
    // Whoever only looks whether a link is good must not set anything going.
    if (ctx.method === 'HEAD') throw new DomainError('request.method_not_allowed');
    ctx.set('Cache-Control', 'no-store');
    const round = await roundByHandle(world, ctx.params.handle ?? '', page.visitors.heldBrowserToken(ctx));
    if (!round) return seeOther(ctx, '/logout/done');
    return work(round);
  }

  router.get(place, (ctx) =>
    withRound(ctx, async (round) => {
      const shown = await roundPage({ ...means, page }, ctx, round);
      ctx.set('Content-Security-Policy', contentPolicy([], { frames: shown.frameOrigins, asksAgain: true }));
      ctx.type = 'html';
      ctx.body = await page.html(ctx, ctx.originalUrl, 'logout/round', shown.model);
    }),
  );

  router.get(`${place}/frame/:service`, (ctx) =>
    withRound(ctx, async (round) => {
      const part = partOf(round, ctx.params.service);
      await tell(ctx, round, part, true);
    }),
  );

  router.get(`${place}/go/:service`, (ctx) =>
    withRound(ctx, async (round) => {
      const part = partOf(round, ctx.params.service);
      if (part?.protocol === 'saml') return tell(ctx, round, part, false);
      // A page that is made for a frame leads nowhere: it gets a new one.
      if (part?.inBrowser) await noteState(world, round, part.connectionId, 'waiting');
      seeOther(ctx, pathOf(ctx));
    }),
  );

  router.post(`${place}/again`, (ctx) =>
    withRound(ctx, async (round) => {
      const form = await page.form(ctx);
      const { actor } = await page.visitors.visitor(ctx);
      const part = partOf(round, form('service'));
      if (part?.isOwed) await sendOwedAgain(world, actor, round, part.connectionId);
      seeOther(ctx, pathOf(ctx));
    }),
  );

  router.get(`${place}/back`, (ctx) =>
    withRound(ctx, async ({ back, ...round }) => {
      if (back?.protocol === 'oidc') return seeOther(ctx, back.carried);
      const answer = back && (await saml.goBack(back.carried, isWhole(await standingOf(world, round))));
      return answer ? means.answer(ctx, answer) : seeOther(ctx, pathOf(ctx));
    }),
  );

  async function tell(ctx: Koa.Context, round: LogoutRound, part: RoundPart | undefined, isFramed: boolean) {
    const told = part?.inBrowser && (await toldBy(part));
    if (!told) {
      if (part?.inBrowser) await noteState(world, round, part.connectionId, 'failed');
      return isFramed ? emptyFrame(ctx) : seeOther(ctx, pathOf(ctx));
    }
    const { requestId, answer } = told;
    const { handle = '' } = ctx.params;
    const sent = { handle, connectionId: part.connectionId, isFramed };
    await noteSent(world, { ...sent, ...(requestId === undefined ? {} : { requestId }) });
    await means.answer(ctx, answer);
    if (isFramed) allowFraming(ctx);
  }

  async function toldBy(
    part: RoundPart,
  ): Promise<{ readonly requestId?: string; readonly answer: Answer } | undefined> {
    if (part.protocol === 'saml') return saml.tell(part);
    const to = await frontChannelOf(world, page.config.server.issuer, part);
    return to === undefined ? undefined : { answer: { kind: 'redirect', to } };
  }
}

const partOf = ({ parts }: LogoutRound, connectionId: string | undefined): RoundPart | undefined =>
  parts.find((part) => part.connectionId === connectionId);

const pathOf = ({ params }: Koa.Context): string => `/logout/round/${params.handle}`;

function seeOther(ctx: Koa.Context, to: string): void {
  ctx.redirect(to);
  ctx.status = 303;
}
