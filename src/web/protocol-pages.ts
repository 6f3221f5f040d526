/** The pages and facts that a protocol asks of the web (its `Pages` port), in the house's look. */

import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { World } from '../core/world.ts';
import { errorWords } from '../i18n/error-words.ts';
import { words } from '../i18n/words.ts';
import { mainDesk } from '../login/configured-desk.ts';
import { deskOf, serviceOf } from '../login/shown-connection.ts';
import type { Pages } from '../protocols/oidc/pages.ts';
import { isToldOutage } from '../store/watch.ts';
import { askedAddress } from './asked-address.ts';
import { presentedCertificateOf } from './client-certificate.ts';
import { contentPolicy, loginTargets, logoutTargets, sourceOf } from './content-policy.ts';
import type { Exchange } from './cookies.ts';
import { incidentHere } from './incident.ts';
import type { PageKit } from './page.ts';
import { enteredServices } from './routes/logout.ts';

export function protocolPages(page: PageKit, world: World, ids: Ids, log: Log): Pages {
  const { visitors, config } = page;
  const certificateOf = presentedCertificateOf(config);
  return {
    session: visitors.session,
    origin: visitors.origin,
    visitor: visitors.visitor,
    locale: visitors.locale,
    forgetSession: visitors.forgetSession,
    certificate: ({ req }) => certificateOf(req),

    async error(exchange, { status, code, detail, written, connection, cause }) {
      const locale = page.locale(exchange);
      const incident = incidentHere(ids);
      const line = { incident, reason: code, detail, ...(written === undefined ? {} : { written }) };
      if (status >= 500 && !isToldOutage(cause)) log.error({ ...line, err: cause }, 'protocol request failed');
      else log.info(line, 'protocol request refused');
      exchange.res.setHeader('Content-Security-Policy', contentPolicy());
      const back = connection
        ? [{ href: connection.homeUrl, label: words(locale).denied.back(connection.name[locale]), primary: true }]
        : [];
      return page.html(exchange, pathOf(exchange), 'error', {
        ...errorWords(locale, code),
        code,
        detail,
        incident,
        desk: connection ? deskOf(connection.desk, locale) : mainDesk(config, locale),
        actions: [...back, { href: '/', label: words(locale).problem.toStart, primary: back.length === 0 }],
        ...(connection ? { service: serviceOf(connection, locale) } : {}),
      });
    },

    async postBack(exchange, { action, fields, connection }) {
      exchange.res.setHeader('Content-Security-Policy', contentPolicy([...loginTargets(connection), sourceOf(action)]));
      const service = { name: connection.name[page.locale(exchange)] };
      return page.html(exchange, pathOf(exchange), 'login/returning', { service, href: action, fields });
    },

    async confirmLogout(exchange, { action, xsrf, connection }) {
      const locale = page.locale(exchange);
      const session = await visitors.session(exchange);
      exchange.res.setHeader('Content-Security-Policy', contentPolicy(connection ? logoutTargets(connection) : []));
      return page.html(exchange, pathOf(exchange), 'logout/confirm', {
        action,
        fields: [{ name: 'xsrf', value: xsrf }],
        services: session ? await enteredServices(world, session, locale) : [],
        ...(connection ? { service: serviceOf(connection, locale) } : {}),
      });
    },

    async loggedOut(exchange, connection) {
      const locale = page.locale(exchange);
      exchange.res.setHeader('Content-Security-Policy', contentPolicy());
      return page.html(exchange, pathOf(exchange), 'logout/done', {
        loginHref: '/login',
        ...(connection ? { service: { name: connection.name[locale], href: connection.homeUrl } } : {}),
      });
    },
  };
}

/** The language link leads back to this very request. */
const pathOf = ({ req }: Exchange): string => askedAddress(req);
