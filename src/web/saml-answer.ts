/** What protocols/saml answers a browser, as a page or a redirect. */
import type Koa from 'koa';
import type { Log } from '../base/log.ts';
import type { Pages } from '../protocols/oidc/pages.ts';
import type { Answer } from '../protocols/saml/answer.ts';
import { errorStatus } from './error-status.ts';
import { refusalCodes } from './refusal-codes.ts';

export type SamlAnswering = (ctx: Koa.Context, answered: Answer) => Promise<void>;

export const answerSaml =
  (pages: Pages, log: Log): SamlAnswering =>
  async (ctx, answered) => {
    if (answered.kind !== 'refused' && answered.told) {
      const { connectionId: connection, refusal } = answered.told;
      log.info({ connection, reason: refusal.reason, detail: refusal.message }, 'a service was told a refusal');
    }
    // Bindings 3.5.5.1: no cache keeps a message, or answers with it.
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Pragma', 'no-cache');
    if (answered.kind === 'redirect') {
      ctx.redirect(answered.to);
      ctx.status = 303;
      return;
    }
    ctx.type = 'html';
    if (answered.kind === 'form') {
      const { action, connection } = answered;
      const fields = Object.entries(answered.fields).map(([name, value]) => ({ name, value }));
      ctx.body = await pages.postBack(ctx, { action, fields, connection });
      return;
    }
    const { refusal, connection } = answered;
    const code = refusalCodes[refusal.reason];
    const status = errorStatus[code];
    const detail = `${refusal.reason}: ${refusal.message}`;
    ctx.status = status;
    ctx.body = await pages.error(ctx, {
      status,
      code,
      detail,
      cause: refusal,
      ...(refusal.written === undefined ? {} : { written: refusal.written }),
      ...(connection ? { connection } : {}),
    });
  };
