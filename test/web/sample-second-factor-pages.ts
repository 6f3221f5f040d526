/** The pages of the second factor: choosing one, setting one up, keeping the recovery codes. */
import type { Locale } from '../../src/base/locale.ts';
import type { ChooseFactorView, EnrolFactorView } from '../../src/web/second-factor-views.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { centre, either, form, kulasis, longService } from './sample-university.ts';

export function secondFactorPages(locale: Locale): SamplePage[] {
  const here = { path: '/login/abc', ...form, service: kulasis(locale), cancelHref: '/login/abc/cancel' };
  const choose: ChooseFactorView & PageFrame = {
    ...here,
    step: 'choose-factor',
    because: 'connection',
    desk: centre(locale),
    maySkip: false,
    ways: [
      {
        kind: 'passkey',
        labels: [either(locale, 'iCloud キーチェーン', 'iCloud Keychain')],
        lastUsed: either(locale, '2026年4月10日(金)', 'Fri 10 April 2026'),
      },
      {
        kind: 'totp',
        labels: [
          either(locale, '私のスマートフォン', 'My phone'),
          either(locale, '研究室のタブレット', 'Tablet in the lab'),
        ],
        lastUsed: either(locale, '2026年4月2日(木)', 'Thu 2 April 2026'),
      },
      { kind: 'mail-code', labels: ['h***@mail.example.com'] },
      { kind: 'recovery-code', labels: [] },
      { kind: 'temporary-pass', labels: [] },
    ],
  };
  const enrol: EnrolFactorView & PageFrame = {
    ...here,
    step: 'enrol-factor',
    because: 'connection',
    kinds: ['passkey', 'totp', 'mail-code'],
  };
  const { service: _service, because: _because, ...portalChoose } = choose;
  return [
    { name: 'choose-factor', view: 'login/choose-factor', model: choose },
    {
      name: 'choose-factor-wish',
      view: 'login/choose-factor',
      model: { ...choose, because: 'service_wishes', service: longService(locale), maySkip: true },
    },
    { name: 'choose-factor-portal', view: 'login/choose-factor', model: { ...portalChoose, maySkip: true } },
    { name: 'enrol-factor', view: 'login/enrol-factor', model: enrol },
    { name: 'enrol-factor-or-certificate', view: 'login/enrol-factor', model: { ...enrol, orCertificate: true } },
    {
      name: 'enrol-factor-one',
      view: 'login/enrol-factor',
      model: { ...enrol, because: 'service_asked', kinds: ['passkey'] },
    },
    {
      name: 'keep-recovery-codes',
      view: 'login/keep-recovery-codes',
      model: {
        path: '/login/abc',
        ...form,
        step: 'keep-recovery-codes',
        service: kulasis(locale),
        loginName: 'a0123456',
        codes: Array.from({ length: 10 }, (_, at) => `${'8QRS4TW2'.slice(0, 4)}-CDFH-JKM${at}`),
      },
    },
  ];
}
