/** The pages of an authenticator app: its code, every mistake with it, and setting one up. */
import type { Locale } from '../../src/base/locale.ts';
import type { EnrolTotpView, TotpView } from '../../src/web/totp-views.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { either, form, kulasis, longService } from './sample-university.ts';

export function totpPages(locale: Locale): SamplePage[] {
  const here = { path: '/login/abc', ...form, service: kulasis(locale), cancelHref: '/login/abc/cancel' };
  const totp: TotpView & PageFrame = {
    ...here,
    step: 'totp',
    because: 'connection',
    apps: [either(locale, '認証アプリ', 'Authenticator app')],
    hasOtherWays: true,
  };
  const names = [
    either(locale, '私のスマートフォン', 'My phone'),
    either(locale, '研究室のタブレット', 'Tablet in the lab'),
  ];
  const key = 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP';
  const issuer = either(locale, '京都みやこ大', 'Miyako');
  const label = encodeURIComponent(issuer);
  const enrol: EnrolTotpView & PageFrame = {
    ...here,
    step: 'enrol-totp',
    because: 'connection',
    hasOtherKinds: true,
    invitation: {
      uri: `otpauth://totp/${label}:a0123456?secret=${key.replaceAll(' ', '')}&issuer=${label}`,
      key,
      issuer,
      loginName: 'a0123456',
    },
  };
  return [
    { name: 'totp', view: 'login/totp', model: totp },
    { name: 'totp-wrong', view: 'login/totp', model: { ...totp, error: 'wrong' } },
    { name: 'totp-used', view: 'login/totp', model: { ...totp, error: 'used' } },
    { name: 'totp-incomplete', view: 'login/totp', model: { ...totp, error: 'incomplete' } },
    { name: 'totp-outside', view: 'login/totp', model: { ...totp, because: 'outside' } },
    {
      name: 'totp-new-browser',
      view: 'login/totp',
      model: { ...totp, service: longService(locale), because: 'new_browser' },
    },
    {
      name: 'totp-rule',
      view: 'login/totp',
      model: {
        ...totp,
        because: {
          words: either(
            locale,
            '成績を扱う方には、どこからの利用でも多要素認証をお願いしています。',
            'Whoever handles grades is asked for a second factor, wherever they are.',
          ),
        },
      },
    },
    {
      name: 'totp-throttled',
      view: 'login/totp',
      model: { ...totp, error: 'throttled', retryAfterSeconds: 5000, hasOtherWays: false },
    },
    {
      name: 'totp-long',
      view: 'login/totp',
      model: { ...totp, service: longService(locale), because: 'service_asked', apps: names, hasOtherWays: false },
    },
    { name: 'enrol-totp', view: 'login/enrol-totp', model: enrol },
    {
      name: 'enrol-totp-wrong',
      view: 'login/enrol-totp',
      model: { ...enrol, error: 'wrong', appName: names[0] ?? '' },
    },
    {
      name: 'enrol-totp-incomplete',
      view: 'login/enrol-totp',
      model: { ...enrol, error: 'incomplete', hasOtherKinds: false },
    },
  ];
}
