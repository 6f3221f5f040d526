/** The Koa application: what every answer passes, in order, and the routes. */

import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { DomainError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Config } from '../config/schema.ts';
import type { Attributes } from '../core/attributes/attributes.ts';
import type { CertificateJudge } from '../core/certificates/certificate-judge.ts';
import type { CodeDigest } from '../core/credentials/code-digest.ts';
import type { PasswordHasher } from '../core/credentials/password-hash.ts';
import type { PasswordKeeping } from '../core/credentials/set-password.ts';
import type { FactorThrottles, Throttle } from '../core/credentials/throttle.ts';
import type { LiveRing } from '../core/keys/live-ring.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import type { DerivedSessions } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import type { Login } from '../login/login.ts';
import type { Pages } from '../protocols/oidc/pages.ts';
import { ownMetadata } from '../protocols/saml/metadata/own-metadata.ts';
import { createAssets, serveAssets } from './assets.ts';
import { judgeAccent } from './brand.ts';
import { clientAddressOf, isAddressHidden } from './client-address.ts';
import { contentPolicy } from './content-policy.ts';
import { cookieJar } from './cookies.ts';
import { answerErrors } from './middleware/errors.ts';
import { checkHost } from './middleware/host.ts';
import { switchLanguage } from './middleware/language.ts';
import { logRequests, type ObserveRequest } from './middleware/request-log.ts';
import { pagesOf } from './page.ts';
import type { Protocols } from './protocol.ts';
import { protocolPages } from './protocol-pages.ts';
import { createRenderer } from './render.ts';
import { accountRoutes } from './routes/account.ts';
import { activateRoutes } from './routes/activate.ts';
import { certificateRoutes } from './routes/certificate.ts';
import { healthRoutes } from './routes/health.ts';
import { loginRoutes } from './routes/login.ts';
import { logoutRoutes } from './routes/logout.ts';
import { logoutRoundRoutes } from './routes/logout-round.ts';
import { type MetricsPage, metricsRoutes } from './routes/metrics.ts';
import { notMeRoutes } from './routes/not-me.ts';
import { portalRoutes } from './routes/portal.ts';
import { protocolRoutes } from './routes/protocols.ts';
import { samlRoutes } from './routes/saml.ts';
import { samlMetadataRoutes } from './routes/saml-metadata.ts';
import { setupRoutes } from './routes/setup.ts';
import { answerSaml } from './saml-answer.ts';
import { siteFrame } from './site-frame.ts';
import { openVisitors } from './visitors.ts';

export interface WebMeans {
  readonly config: Config;
  readonly world: World;
  readonly attributes: Attributes;
  readonly masterKey: MasterKey;
  /** For our SAML metadata. */
  readonly ring: LiveRing;
  readonly codeDigest: CodeDigest;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly keyThrottle: Throttle;
  readonly factorThrottles: FactorThrottles;
  readonly passwordKeeping: PasswordKeeping;
  readonly derivedSessions: readonly DerivedSessions[];
  /** Absent where client certificates are not configured. */
  readonly certificates?: CertificateJudge;
  readonly login: Login;
  readonly log: Log;
  readonly metrics: MetricsPage;
  readonly observe: ObserveRequest;
  /** Whether the node has been asked to end. */
  readonly isEnding: () => boolean;
}

export interface Web {
  /** What the protocols ask of the web; they are made with it, then mounted by `handler`. */
  readonly pages: Pages;
  handler(protocols: Protocols): RequestListener;
}

export function openWeb(means: WebMeans): Web {
  const { config, world, masterKey, log, login } = means;
  const { ids } = world;
  const brand = judgeAccent(config.university.accent);
  if (!brand.ok) throw new Error(`the accent colour was checked, and yet it is refused: ${brand.reason}`);
  const assets = createAssets(brand.css);
  const isSecure = config.server.issuer.startsWith('https:');
  const visitors = openVisitors({
    world,
    masterKey,
    cookies: cookieJar(isSecure),
    addressOf: clientAddressOf(config.server.proxy.trusted),
    isAddressHidden: isAddressHidden(config.server.proxy.trusted),
    lifetimes: config.session,
  });
  const renderer = createRenderer({
    viewsDirectory: fileURLToPath(new URL('../../views', import.meta.url)),
    frame: { ja: siteFrame(config, assets, 'ja'), en: siteFrame(config, assets, 'en') },
  });
  const page = pagesOf({ config, world, masterKey, visitors, renderer });
  const pages = protocolPages(page, world, ids, log);

  return {
    pages,
    handler({ oidc, saml }) {
      const router = new Router();
      healthRoutes(router, world, means.isEnding);
      metricsRoutes(router, config.server, means.metrics);
      portalRoutes(router, page, world);
      certificateRoutes(router, means);
      loginRoutes(router, page, { login, steps: means, protocols: [oidc, saml], ids });
      samlRoutes(router, page, { saml, pages, log });
      samlMetadataRoutes(router, ownMetadata(means));
      logoutRoutes(router, page, world, means.derivedSessions);
      logoutRoundRoutes(router, page, { world, saml: saml.logout, answer: answerSaml(pages, log) });
      notMeRoutes(router, page, world, means);
      setupRoutes(router, page, world, means.passwordKeeping);
      accountRoutes(router, page, means);
      activateRoutes(router, page, { ...means, throttle: means.keyThrottle, keeping: means.passwordKeeping });

      const app = new Koa();
      app.use(logRequests(log, ids, means.observe));
      app.use(answerErrors(page, ids, log));
      app.use(securityHeaders(isSecure));
      app.use(checkHost(config.server));
      app.use(serveAssets(assets));
      app.use(switchLanguage(visitors));
      app.use(protocolRoutes([oidc], visitors));
      app.use(router.routes());
      const refuse = () => new DomainError('request.method_not_allowed');
      app.use(router.allowedMethods({ throw: true, methodNotAllowed: refuse, notImplemented: refuse }));
      return app.callback();
    },
  };
}

/** helmet's set, less its policy (ours is made per page), and without referrers, which would carry a login's address. */
function securityHeaders(isSecure: boolean): Koa.Middleware {
  const set = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  }) as Koa.Middleware;
  // They are the same for every answer: asked once, of an answer that only writes them down.
  const headers = new Map([['Content-Security-Policy', contentPolicy()]]);
  const res = { setHeader: (name: string, value: string) => headers.set(name, value), removeHeader: () => undefined };
  void set({ req: {}, res } as unknown as Koa.Context, async () => undefined);
  return (ctx, next) => {
    for (const [name, value] of headers) ctx.res.setHeader(name, value);
    return next();
  };
}
