/** The pages of an activation, every error among them. */
import type { Locale } from '../../src/base/locale.ts';
import { newPasswordModel } from '../../src/web/new-password.ts';
import type { ActivateKeyView, ActivateRefusedView, PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { centre, either, kinds } from './sample-university.ts';

const reasons: readonly ActivateRefusedView['reason'][] = [
  'key_expired',
  'key_gone',
  'account_suspended',
  'account_ended',
  'not_found',
];

export function activationPages(locale: Locale): SamplePage[] {
  const page = { path: '/activate', action: '/activate', csrf: 'csrf-value' };
  const key: ActivateKeyView & PageFrame = {
    ...page,
    username: '',
    key: '',
    accountKinds: kinds,
    help: { noKey: '/help#activation', forgotId: '/help#forgot-id' },
  };
  const typed = { ...key, username: 'a0123456', key: '2345-6789-CDFH-JKMN-PQRT' };
  const terms = {
    title: either(locale, '全学アカウントの利用にあたって', 'Using your university account'),
    version: '2026-04',
    summary: [either(locale, 'アカウントは本人だけのものです。', 'Your account is yours alone.')],
    isAccepted: false,
    isMissing: false,
  };
  const password = {
    ...page,
    path: '/activate/abc',
    loginName: 'a0123456',
    isRenewal: false,
    newPassword: newPasswordModel('kyoto', locale),
  };
  return [
    { name: 'activate', view: 'activate/key', model: key },
    { name: 'activate-named', view: 'activate/key', model: { ...key, username: 'a0123456' } },
    { name: 'activate-wrong', view: 'activate/key', model: { ...typed, error: 'wrong' } },
    { name: 'activate-slip', view: 'activate/key', model: { ...typed, error: 'slip' } },
    {
      name: 'activate-throttled',
      view: 'activate/key',
      model: { ...typed, error: 'throttled', retryAfterSeconds: 90 },
    },
    { name: 'activate-incomplete', view: 'activate/key', model: { ...key, error: 'incomplete' } },
    { name: 'activate-password', view: 'activate/password', model: { ...password, terms } },
    {
      name: 'activate-password-wrong',
      view: 'activate/password',
      model: {
        ...password,
        terms: { ...terms, isMissing: true },
        newPassword: newPasswordModel('kyoto', locale, ['too_short', 'in_dictionary', 'repeated_differs']),
        error: true,
      },
    },
    { name: 'activate-renewal', view: 'activate/password', model: { ...password, isRenewal: true } },
    ...[true, false].map((isRenewal) => ({
      name: isRenewal ? 'activate-renewed' : 'activate-done',
      view: 'activate/done' as const,
      model: {
        ...{ path: '/activate/abc', loginName: 'a0123456', isRenewal, isAgain: isRenewal, loginHref: '/login' },
        ...(isRenewal ? { service: { name: 'KULASIS' } } : {}),
      },
    })),
    ...reasons.map((reason) => ({
      name: `activate-${reason.replaceAll('_', '-')}`,
      view: 'activate/refused' as const,
      model: {
        path: '/activate/abc',
        reason,
        desk: centre(locale),
        ...(reason === 'not_found' ? { restartHref: '/activate' } : {}),
      },
    })),
  ];
}
