/** The pages for recovery codes and for the pass of a desk, every mistake with them among them. */
import type { Locale } from '../../src/base/locale.ts';
import type { RecoveryCodesLeftView, RecoveryCodeView, TemporaryPassView } from '../../src/web/stand-in-views.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { centre, either, form, kulasis, longService } from './sample-university.ts';

export function standInPages(locale: Locale): SamplePage[] {
  const here = { path: '/login/abc', ...form, service: kulasis(locale), cancelHref: '/login/abc/cancel' };
  const asked = { ...here, because: 'connection', hasOtherWays: true } as const;
  const recovery: RecoveryCodeView & PageFrame = { ...asked, step: 'recovery-code' };
  const pass: TemporaryPassView & PageFrame = {
    ...asked,
    step: 'temporary-pass',
    goodUntil: either(locale, '2026年4月11日(土)17:00', 'Sat 11 April 2026, 17:00'),
    desk: centre(locale),
  };
  const left: RecoveryCodesLeftView & PageFrame = {
    path: '/login/abc',
    ...form,
    step: 'recovery-codes-left',
    service: kulasis(locale),
    left: 7,
    areFew: false,
    factorsUrl: 'https://auth.example.ac.jp/account/factors',
  };
  const { service: _service, because: _because, ...alone } = recovery;
  return [
    { name: 'recovery-code', view: 'login/recovery-code', model: recovery },
    { name: 'recovery-code-portal', view: 'login/recovery-code', model: { ...alone, hasOtherWays: false } },
    { name: 'recovery-code-wrong', view: 'login/recovery-code', model: { ...recovery, error: 'wrong' } },
    { name: 'recovery-code-incomplete', view: 'login/recovery-code', model: { ...recovery, error: 'incomplete' } },
    {
      name: 'recovery-code-throttled',
      view: 'login/recovery-code',
      model: { ...recovery, error: 'throttled', retryAfterSeconds: 900 },
    },
    { name: 'recovery-codes-left', view: 'login/recovery-codes-left', model: left },
    { name: 'recovery-codes-few', view: 'login/recovery-codes-left', model: { ...left, left: 1, areFew: true } },
    {
      name: 'recovery-codes-none',
      view: 'login/recovery-codes-left',
      model: { ...left, left: 0, areFew: true, service: longService(locale) },
    },
    { name: 'temporary-pass', view: 'login/temporary-pass', model: pass },
    { name: 'temporary-pass-wrong', view: 'login/temporary-pass', model: { ...pass, error: 'wrong' } },
    { name: 'temporary-pass-lapsed', view: 'login/temporary-pass', model: { ...pass, error: 'lapsed' } },
  ];
}
