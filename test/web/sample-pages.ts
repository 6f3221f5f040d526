/** One or more pages of every view, with the hard cases: long names, no logo, every error. For tests and the preview. */
import type { Locale } from '../../src/base/locale.ts';
import { errorWords } from '../../src/i18n/error-words.ts';
import { words } from '../../src/i18n/words.ts';
import { newPasswordModel } from '../../src/web/new-password.ts';
import { accountPages } from './sample-account-pages.ts';
import { activationPages } from './sample-activation-pages.ts';
import { certificatePages } from './sample-certificate-pages.ts';
import { loginPages } from './sample-login-pages.ts';
import { logoutPages } from './sample-logout-pages.ts';
import { mailCodePages } from './sample-mail-code-pages.ts';
import { notMePages } from './sample-not-me-pages.ts';
import type { SamplePage } from './sample-page.ts';
import { passkeyPages } from './sample-passkey-pages.ts';
import { secondFactorPages } from './sample-second-factor-pages.ts';
import { standInPages } from './sample-stand-in-pages.ts';
import { totpPages } from './sample-totp-pages.ts';
import { trustPages } from './sample-trust-pages.ts';
import { centre, either, help, kinds, kulasis, longService, signedInAs, tiles } from './sample-university.ts';

export function samplePages(locale: Locale): SamplePage[] {
  return [
    ...loginPages(locale),
    ...secondFactorPages(locale),
    ...standInPages(locale),
    ...passkeyPages(locale),
    ...certificatePages(locale),
    ...totpPages(locale),
    ...mailCodePages(locale),
    ...portalPages(locale),
    ...accountPages(locale),
    ...activationPages(locale),
    ...notMePages(locale),
    ...trustPages(locale),
    ...logoutPages(locale),
    ...otherPages(locale),
  ];
}

function portalPages(locale: Locale): SamplePage[] {
  const here = { path: '/', signedInAs: signedInAs(locale) };
  const home = { ...here, name: signedInAs(locale).name, query: '', allHref: '/?all=1' };
  return [
    { name: 'welcome', view: 'portal/welcome', model: { path: '/', loginHref: '/login', accountKinds: kinds, help } },
    { name: 'home', view: 'portal/home', model: { ...home, tiles: tiles(locale, 3), matching: 3, total: 3 } },
    { name: 'home-many', view: 'portal/home', model: { ...home, tiles: tiles(locale, 14), matching: 40, total: 40 } },
    {
      name: 'home-search',
      view: 'portal/home',
      model: { ...home, query: '<b>履修', tiles: [], matching: 0, total: 14 },
    },
    { name: 'home-empty', view: 'portal/home', model: { ...home, tiles: [], matching: 0, total: 0 } },
    {
      name: 'logout-confirm',
      view: 'logout/confirm',
      model: {
        path: '/logout',
        signedInAs: signedInAs(locale),
        action: '/logout',
        fields: [{ name: 'csrf', value: 'csrf-value' }],
        service: kulasis(locale),
        services: ['KULASIS', 'MyKULINE', longService(locale).name],
      },
    },
    {
      name: 'logout-plain',
      view: 'logout/confirm',
      model: {
        path: '/logout',
        signedInAs: signedInAs(locale),
        action: '/logout',
        fields: [{ name: 'csrf', value: 'csrf-value' }],
        services: [],
        stayHref: '/',
      },
    },
    {
      name: 'logout-done',
      view: 'logout/done',
      model: {
        path: '/logout/done',
        service: { name: 'KULASIS', href: 'https://kulasis.example.ac.jp/' },
        loginHref: '/login',
      },
    },
  ];
}

function otherPages(locale: Locale): SamplePage[] {
  const desk = centre(locale);
  const service = kulasis(locale);
  const setup = { path: '/setup/token', action: '/setup/token', csrf: 'csrf-value', loginName: 'admin' };
  return [
    {
      name: 'error',
      view: 'error',
      model: {
        path: '/x',
        ...errorWords(locale, 'internal'),
        code: 'internal',
        incident: '7K2M-9QXD',
        desk,
        actions: [{ href: '/', label: words(locale).problem.toStart, primary: true }],
      },
    },
    {
      name: 'error-service',
      view: 'error',
      model: {
        path: '/x',
        ...errorWords(locale, 'request.protocol'),
        code: 'request.protocol',
        incident: '7K2M-9QXD',
        desk: service.desk,
        service,
        actions: [],
        detail: "invalid_redirect_uri: redirect_uri did not match any of the client's registered redirect_uris",
      },
    },
    {
      name: 'denied',
      view: 'denied',
      model: {
        path: '/login/abc',
        signedInAs: signedInAs(locale),
        reason: 'not_for_you',
        service,
        audience: either(locale, '学部・大学院の学生の方', 'undergraduate and graduate students'),
        desk: service.desk,
        services: tiles(locale, 3),
        backHref: 'https://kulasis.example.ac.jp/',
      },
    },
    {
      name: 'denied-suspended',
      view: 'denied',
      model: { path: '/login/abc', reason: 'suspended', service, desk, services: [] },
    },
    { name: 'denied-expired', view: 'denied', model: { path: '/login/abc', reason: 'expired', desk, services: [] } },
    {
      name: 'denied-connection',
      view: 'denied',
      model: {
        path: '/login/abc',
        reason: 'connection_suspended',
        service: longService(locale),
        desk: longService(locale).desk,
        services: [],
      },
    },
    {
      name: 'denied-enrolment',
      view: 'denied',
      model: {
        path: '/login/abc',
        signedInAs: signedInAs(locale),
        reason: 'enrolment_closed',
        service,
        desk,
        services: [],
        backHref: '/login/abc/return',
      },
    },
    {
      name: 'denied-enrolment-outside',
      view: 'denied',
      model: {
        path: '/login/abc',
        signedInAs: signedInAs(locale),
        reason: 'enrolment_closed',
        because: 'outside',
        service,
        desk,
        services: [],
        backHref: '/login/abc/return',
      },
    },
    {
      name: 'denied-level',
      view: 'denied',
      model: {
        path: '/login/abc',
        signedInAs: signedInAs(locale),
        reason: 'level_unreachable',
        desk,
        services: [],
      },
    },
    {
      name: 'denied-other-factor',
      view: 'denied',
      model: {
        path: '/login/abc',
        signedInAs: signedInAs(locale),
        reason: 'enrolment_closed',
        addHref: '/account/factors',
        service,
        desk,
        services: [],
        backHref: '/login/abc/return',
      },
    },
    {
      name: 'help',
      view: 'help',
      model: {
        path: '/help?from=a%20b',
        activateHref: '/activate',
        desks: [
          { kind: 'ECS-ID', example: 'a0123456', desk },
          {
            kind: 'SPS-ID',
            example: 'tarokyoto075',
            desk: { name: either(locale, '所属部局の人事担当', 'Personnel section of your department') },
          },
        ],
      },
    },
    { name: 'setup', view: 'setup/password', model: { ...setup, newPassword: newPasswordModel('kyoto', locale) } },
    {
      name: 'setup-wrong',
      view: 'setup/password',
      model: {
        ...setup,
        newPassword: newPasswordModel('kyoto', locale, ['too_short', 'needs_upper', 'repeated_differs']),
        error: true,
      },
    },
    {
      name: 'setup-done',
      view: 'setup/done',
      model: { path: '/setup/token', loginName: 'admin', loginHref: '/login' },
    },
  ];
}
