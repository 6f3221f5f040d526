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
  'login/choose-factor': (t) => t.chooseFactor.heading,
  'login/certificate': (t) => t.certificate.heading,
  'login/passkey': (t) => t.passkey.heading,
  'login/totp': (t) => t.totp.heading,
  'login/enrol-passkey': (t) => t.enrolPasskey.heading,
  'login/enrol-totp': (t) => t.enrolTotp.heading,
  'login/mail-code': (t) => t.mailCode.heading,
  'login/enrol-mail': (t) => t.enrolMail.heading,
  'login/enrol-factor': (t) => t.enrolFactor.heading,
  'login/recovery-code': (t) => t.recoveryCode.heading,
  'login/temporary-pass': (t) => t.temporaryPass.heading,
  'login/recovery-codes-left': (t) => t.recoveryCodesLeft.heading,
  'login/keep-recovery-codes': (t) => t.keepRecoveryCodes.heading,
  'login/returning': (t, { service }) => t.returning.heading(service.name),
  'portal/welcome': (t, _, site) => t.portal.welcomeHeading(site.university.name),
  'portal/home': (t) => t.portal.homeHeading,
  'logout/confirm': (t) => t.logout.heading,
  'logout/done': (t) => t.logout.doneHeading,
  'logout/round': (t) => t.logout.doneHeading,
  'setup/password': (t) => t.setup.heading,
  'setup/done': (t) => t.setup.doneHeading,
  'activate/key': (t) => t.activate.heading,
  'activate/password': (t, { isRenewal }) => (isRenewal ? t.activate.renewalHeading : t.activate.passwordHeading),
  'activate/done': (t, { isRenewal }) => (isRenewal ? t.activate.renewedHeading : t.activate.doneHeading),
  'activate/refused': (t, { reason }) => t.activateRefused[reason].heading,
  'account/overview': (t) => t.account.heading,
  'account/factors': (t) => t.accountFactors.heading,
  'account/factor': (t, { factor }) => t.accountFactor.heading(t.factorKinds[factor.kind].name),
  'account/recovery-codes': (t) => t.keepRecoveryCodes.heading,
  'account/sessions': (t) => t.accountSessions.heading,
  'account/activity': (t) => t.accountActivity.heading,
  'account/password': (t) => t.accountPassword.heading,
  'not-me/confirm': (t) => t.notMe.heading,
  'not-me/done': (t) => t.notMe.doneHeading,
  denied: (t, model) => deniedHeading(t, model),
  error: (_, { title }) => title,
  help: (t) => t.help.heading,
};

function deniedHeading({ denied }: Catalogue, { reason, service, addHref, isReported }: DeniedView): string {
  switch (reason) {
    case 'not_for_you':
      return service ? denied.notForYou(service.name) : denied.notForYouHere;
    case 'suspended':
      return isReported ? denied.reported : denied.suspended;
    case 'expired':
      return denied.expired;
    case 'enrolment_closed':
      return addHref ? denied.otherFactor : denied.enrolmentClosed;
    case 'level_unreachable':
      return denied.unreachable;
    case 'connection_suspended':
      return service ? denied.connectionSuspended(service.name) : denied.connectionSuspendedHere;
  }
}
