/**
 * Outermost: whatever goes wrong below becomes a page of ours, or a line of JSON for programs. Koa's own handler would
 * strip every header, the policy that keeps scripts off this page among them.
 */

import type { Middleware } from 'koa';
import { DomainError, type ErrorCode, isDomainError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { errorWords } from '../../i18n/error-words.ts';
import { words } from '../../i18n/words.ts';
import { mainDesk } from '../../login/configured-desk.ts';
import { isToldOutage } from '../../store/watch.ts';
import { errorStatus } from '../error-status.ts';
import { incidentHere } from '../incident.ts';
import type { PageKit } from '../page.ts';
import { loggedPath } from './request-log.ts';

export function answerErrors(page: PageKit, ids: Ids, log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.respond !== false && ctx.status === 404 && ctx.body == null) throw new DomainError('request.not_found');
    } catch (error) {
      const code: ErrorCode = isDomainError(error) ? error.code : 'internal';
      const status = errorStatus[code];
      const incident = incidentHere(ids);
      const line = {
        incident,
        reason: code,
        path: loggedPath(ctx.path),
        method: ctx.method,
        ...(isDomainError(error) ? error.facts : {}),
      };
      if (status >= 500 && !isToldOutage(error)) log.error({ ...line, err: error }, 'request failed');
      else log.info(line, 'request refused');
      ctx.status = status;
      const { retryAfterSeconds } = isDomainError(error) ? error.facts : {};
      if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
      if (ctx.accepts('html', 'json') !== 'html') {
        ctx.body = { error: code, incident };
        return;
      }
      const locale = page.locale(ctx);
      await page.show(ctx, 'error', {
        ...errorWords(locale, code),
        code,
        desk: mainDesk(page.config, locale),
        actions: [{ href: '/', label: words(locale).problem.toStart, primary: true }],
        // A mistyped address is nobody's incident.
        ...(code === 'request.not_found' ? {} : { incident }),
      });
      ctx.status = status;
    }
  };
}
