/** A second factor where the person may spare this browser the next one. */
import type { Locale } from '../../src/base/locale.ts';
import type { SamplePage } from './sample-page.ts';
import { either, form, kulasis } from './sample-university.ts';

export const trustPages = (locale: Locale): SamplePage[] => [
  {
    name: 'totp-trust',
    view: 'login/totp',
    model: {
      path: '/login/abc',
      ...form,
      step: 'totp',
      service: kulasis(locale),
      because: 'connection',
      apps: [either(locale, '認証アプリ', 'Authenticator app')],
      hasOtherWays: true,
      cancelHref: '/login/abc/cancel',
      trustDays: 7,
    },
  },
];
