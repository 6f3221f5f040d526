/**
 * One service as a Koa application. Order matters: headers and troubles outermost, then the address, then the
 * language, then the routes. The one form of its own (log-out) has no fields.
 */
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { addPageRoutes } from './page-routes.ts';
import type { Protocol } from './protocol.ts';
import { switchLanguage } from './request-language.ts';
import { showTrouble } from './show-trouble.ts';
import { addSignInRoutes } from './sign-in-routes.ts';
import { ownPage, type SiteSetting } from './site-setting.ts';

export function createSiteApp(
  setting: SiteSetting,
  { providerOrigin, addRoutes }: Pick<Protocol, 'providerOrigin' | 'addRoutes'>,
): Koa {
  const router = new Router();
  addPageRoutes(router, setting);
  addSignInRoutes(router, setting);
  addRoutes(router, setting);
  const app = new Koa();
  app.use(securityHeaders(setting, providerOrigin));
  app.use(secureCookies(setting.origin));
  app.use(showTrouble(setting));
  app.use(keepToOrigin(setting));
  app.use(switchLanguage(setting));
  app.use(router.routes());
  return app;
}

function securityHeaders({ origin }: SiteSetting, providerOrigin: string): Koa.Middleware {
  const isHttps = origin.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        // Chromium applies this to where a post is redirected: the log-out form leads to the provider.
        formAction: ["'self'", providerOrigin],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Not `no-referrer`: browsers would then send `Origin: null` with our own log-out form.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps,
  });
}

/** Behind a proxy that ends TLS the request itself is plain http; what counts is what the browser speaks. */
function secureCookies(origin: string): Koa.Middleware {
  return (ctx, next) => {
    ctx.cookies.secure = origin.startsWith('https:');
    return next();
  };
}

/**
 * Under another name (localhost, 127.0.0.1) the cookie set at /login would not come back to /callback, so visitors
 * are led to the one name we go by.
 */
function keepToOrigin(setting: SiteSetting): Koa.Middleware {
  const { host } = new URL(setting.origin);
  return (ctx, next) => {
    if (ctx.host === host) return next();
    ctx.status = 307;
    ctx.redirect(`${setting.origin}${ownPage(setting, ctx.path)}`);
  };
}
