/** The page that asks for a client certificate, with everything that can become of one. */
import type { Locale } from '../../src/base/locale.ts';
import { certificateRefusals } from '../../src/core/certificates/judge-certificate.ts';
import type { CertificateView } from '../../src/web/certificate-views.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { centre, form, kulasis, longService } from './sample-university.ts';

export function certificatePages(locale: Locale): SamplePage[] {
  const view = 'login/certificate';
  const asked: CertificateView & PageFrame = {
    path: '/login/abc',
    ...form,
    step: 'certificate',
    service: kulasis(locale),
    because: 'connection',
    origin: 'https://cert.auth.example.ac.jp',
    turn: 3,
    desk: centre(locale),
    hasOtherWays: true,
    cancelHref: '/login/abc/cancel',
  };
  const { service: _service, because: _because, ...alone } = asked;
  const name = '京都 花子 (Hanako Kyoto) hanako.kyoto.12a@st.kyoto-u.ac.jp 0123456789abcdef';
  return [
    { name: 'certificate', view, model: asked },
    { name: 'certificate-portal', view, model: { ...alone, hasOtherWays: false } },
    // It would send itself at once; with the box for trusting the browser it waits.
    { name: 'certificate-found', view, model: { ...asked, found: { name, report: 'report' }, trustDays: 7 } },
    ...(['none_sent', ...certificateRefusals] as const).map(
      (refusal) =>
        ({
          name: `certificate-${refusal.replaceAll('_', '-')}`,
          view,
          model: { ...asked, refusal },
        }) satisfies SamplePage,
    ),
    ...(['other_account', 'taken_away', 'lapsed'] as const).map(
      (error) =>
        ({
          name: `certificate-${error.replaceAll('_', '-')}`,
          view,
          model: { ...asked, service: longService(locale), error },
        }) satisfies SamplePage,
    ),
    { name: 'certificate-throttled', view, model: { ...asked, error: 'throttled', retryAfterSeconds: 900 } },
  ];
}
