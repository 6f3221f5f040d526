/** The paths of SAML: what came becomes values for protocols/saml, and its answers become pages and redirects. */
import type Router from '@koa/router';
import type Koa from 'koa';
import raw from 'raw-body';
import { DomainError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Pages } from '../../protocols/oidc/pages.ts';
import type { Arrival } from '../../protocols/saml/answer.ts';
import { samlPaths } from '../../protocols/saml/places.ts';
import { SamlRefusal } from '../../protocols/saml/refusal.ts';
import type { Saml } from '../../protocols/saml/saml.ts';
import { emptyFrame } from '../framed.ts';
import { type PageKit, readText } from '../page.ts';
import { answerSaml } from '../saml-answer.ts';

export interface SamlRouteMeans {
  readonly saml: Saml;
  readonly pages: Pages;
  readonly log: Log;
}

/** Of a form with a message in base64, or of a SOAP envelope. */
const longestPost = 64 * 1024;

export function samlRoutes(router: Router, page: PageKit, { saml, pages, log }: SamlRouteMeans): void {
  const { visitors } = page;
  const answer = answerSaml(pages, log);

  const arrivalOf = async (ctx: Koa.Context): Promise<Arrival> => ({
    session: await visitors.session(ctx),
    origin: visitors.origin(ctx),
    locale: page.locale(ctx),
    visitor: () => visitors.visitor(ctx),
    countTold: (connectionId) => visitors.countTold(ctx, connectionId, page.config.saml.returns.within),
  });

  router.get(samlPaths.sso, async (ctx) => {
    // Whoever only looks whether a link is good must not use up the request that it carries.
    if (ctx.method === 'HEAD') throw new DomainError('request.method_not_allowed');
    await answer(ctx, await saml.signOn(ctx.querystring, await arrivalOf(ctx)));
  });

  /** From another site, and so without our cookies: it is asked for again, with them. */
  router.post(samlPaths.sso, async (ctx) => {
    await answer(ctx, await saml.keepPosted(samlPaths.sso, await readText(ctx, longestPost), visitors.origin(ctx)));
  });

  router.get(`${samlPaths.goOn}/:handle`, async (ctx) => {
    if (ctx.method === 'HEAD') throw new DomainError('request.method_not_allowed');
    const { handle = '' } = ctx.params;
    await answer(ctx, await saml.goOn(handle, await arrivalOf(ctx)));
  });

  router.get(samlPaths.slo, async (ctx) => {
    if (ctx.method === 'HEAD') throw new DomainError('request.method_not_allowed');
    const received = await saml.logout.receive(ctx.querystring, await arrivalOf(ctx));
    if (received.kind === 'heard') {
      const { handle, isFramed, refusal } = received;
      if (refusal) log.info({ reason: refusal.reason, detail: refusal.message }, 'logout answer not believed');
      return isFramed ? emptyFrame(ctx) : seeOther(ctx, roundAt(handle));
    }
    const { answer: answered, browserToken } = received;
    if (browserToken !== undefined) visitors.forgetSession(ctx, browserToken);
    return answered.kind === 'round' ? seeOther(ctx, roundAt(answered.handle)) : answer(ctx, answered);
  });

  router.post(samlPaths.slo, async (ctx) => {
    await answer(ctx, await saml.keepPosted(samlPaths.slo, await readText(ctx, longestPost), visitors.origin(ctx)));
  });

  router.post(samlPaths.artifact, (ctx) => bySoap(ctx, saml.resolveArtifact));
  router.post(samlPaths.soap, (ctx) => bySoap(ctx, saml.logout.bySoap));

  /** A service asks itself: no browser, no cookies, no page. */
  async function bySoap(ctx: Koa.Context, work: (envelope: string) => Promise<string>): Promise<void> {
    ctx.set('Cache-Control', 'no-store');
    ctx.type = 'text/xml; charset=utf-8';
    try {
      ctx.body = await work(await readEnvelope(ctx));
    } catch (error) {
      if (!(error instanceof SamlRefusal)) throw error;
      log.info({ reason: error.reason, detail: error.message, path: ctx.path }, 'SOAP request refused');
      // SOAP 1.1, 6.2.
      ctx.status = 500;
      ctx.body = fault(error);
    }
  }
}

const roundAt = (handle: string): string => `/logout/round/${handle}`;

async function readEnvelope({ req }: Koa.Context): Promise<string> {
  try {
    return await raw(req, { limit: longestPost, length: req.headers['content-length'] ?? null, encoding: 'utf8' });
  } catch (cause) {
    throw new SamlRefusal('message_too_large', 'the envelope is too large, or broke off', { cause });
  }
}

/** SOAP 1.1, 4.4: it says to a stranger which kind of mistake it was, and no more. */
const fault = ({ reason }: SamlRefusal): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>${reason}</faultstring></soap:Fault></soap:Body></soap:Envelope>`;

function seeOther(ctx: Koa.Context, to: string): void {
  ctx.redirect(to);
  ctx.status = 303;
}
