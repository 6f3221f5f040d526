/** The one h1 of each view, which is also the window's title. A view without a heading does not compile. */
import type { Catalogue } from '../i18n/messages/ja/catalogue.ts';
import type { DeniedView, SiteFrame, ViewModels, ViewName } from './views.ts';

type Heading<V extends ViewName> = (t: Catalogue, model: ViewModels[V], site: SiteFrame) => string;

export const headings: { readonly [V in ViewName]: Heading<V> } = {
  'login/password': (t, { service, reauthentication }, site) => {
    if (reauthentication) return t.login.headingAgain;
    return service ? t.login.headingFor(service.name) : t.login.headingHere(site.university.systemName);
  },
  'login/choose-account': (t) => t.chooseAccount.heading,
  'login/accept-terms': (_, { terms }) => terms.title,
  'login/release': (t, { service }) => t.release.heading(service.name),
  'login/returning': (t, { service }) => t.returning.heading(service.name),
  'portal/welcome': (t, _, site) => t.portal.welcomeHeading(site.university.name),
  'portal/home': (t) => t.portal.homeHeading,
  'logout/confirm': (t) => t.logout.heading,
  'logout/done': (t) => t.logout.doneHeading,
  'setup/password': (t) => t.setup.heading,
  'setup/done': (t) => t.setup.doneHeading,
  denied: (t, model) => deniedHeading(t, model),
  error: (_, { title }) => title,
  help: (t) => t.help.heading,
};

function deniedHeading({ denied }: Catalogue, { reason, service }: DeniedView): string {
  switch (reason) {
    case 'not_for_you':
      return service ? denied.notForYou(service.name) : denied.notForYouHere;
    case 'suspended':
      return denied.suspended;
    case 'expired':
      return denied.expired;
    case 'connection_suspended':
      return service ? denied.connectionSuspended(service.name) : denied.connectionSuspendedHere;
  }
}
