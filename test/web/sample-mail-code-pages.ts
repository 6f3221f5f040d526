/** The pages of a mailed code: every state of the mail, every mistake, and registering the address. */
import type { Locale } from '../../src/base/locale.ts';
import type { EnrolMailView, MailCodeView } from '../../src/web/mail-code-views.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { form, kulasis, longService } from './sample-university.ts';

const code = {
  target: 't***@example.com',
  mail: 'sent',
  wasSent: true,
  isAnew: false,
  minutesLeft: 10,
  triesLeft: 5,
  resendAfterSeconds: 42,
} as const;
const lapsed = { mail: 'none', minutesLeft: 0, triesLeft: 0, resendAfterSeconds: 0 } as const;
const longAddress = 'a.very.long.address.of.somebody.with.many.given.names@mailbox.students.example.com';

export function mailCodePages(locale: Locale): SamplePage[] {
  const here = { path: '/login/abc', ...form, service: kulasis(locale), cancelHref: '/login/abc/cancel' };
  const mail: MailCodeView & PageFrame = {
    ...here,
    step: 'mail-code',
    because: 'connection',
    ...code,
    others: [],
    hasOtherWays: true,
  };
  const { resendAfterSeconds: _after, ...exhausted } = mail;
  return [
    { name: 'mail-code', view: 'login/mail-code', model: mail },
    { name: 'mail-code-wrong', view: 'login/mail-code', model: { ...mail, error: 'wrong', triesLeft: 1 } },
    { name: 'mail-code-incomplete', view: 'login/mail-code', model: { ...mail, error: 'incomplete' } },
    { name: 'mail-code-lapsed', view: 'login/mail-code', model: { ...mail, ...lapsed, error: 'lapsed' } },
    {
      name: 'mail-code-too-soon',
      view: 'login/mail-code',
      model: { ...mail, error: 'too_soon', retryAfterSeconds: 42 },
    },
    {
      name: 'mail-code-throttled',
      view: 'login/mail-code',
      model: { ...mail, error: 'throttled', retryAfterSeconds: 900, hasOtherWays: false },
    },
    {
      name: 'mail-code-late',
      view: 'login/mail-code',
      model: {
        ...mail,
        mail: 'late',
        isAnew: true,
        resendAfterSeconds: 0,
        others: [{ id: 'other', target: 'a***@mailbox.students.example.com' }],
      },
    },
    { name: 'mail-code-failed', view: 'login/mail-code', model: { ...mail, mail: 'failed', resendAfterSeconds: 0 } },
    {
      name: 'mail-code-none',
      view: 'login/mail-code',
      model: { ...mail, ...lapsed, wasSent: false, resendAfterSeconds: 1500, service: longService(locale) },
    },
    { name: 'mail-code-exhausted', view: 'login/mail-code', model: { ...exhausted, mail: 'none', error: 'lapsed' } },
    ...enrolPages(here),
  ];
}

function enrolPages(
  here: Pick<EnrolMailView & PageFrame, 'path' | 'action' | 'csrf' | 'turn' | 'subject' | 'cancelHref'>,
): SamplePage[] {
  const view = 'login/enrol-mail' as const;
  const enrol: EnrolMailView & PageFrame = {
    ...here,
    step: 'enrol-mail',
    because: 'connection',
    address: '',
    ownDomains: ['kyoto-u.ac.jp', 'st.kyoto-u.ac.jp', 'ms.c.kyoto-u.ac.jp'],
    isExhausted: false,
    hasOtherKinds: true,
  };
  const typed = { ...enrol, address: longAddress };
  const sent = { ...enrol, address: 'taro@example.com', code: { ...code, target: 'taro@example.com' } };
  return [
    { name: 'enrol-mail', view, model: enrol },
    { name: 'enrol-mail-incomplete', view, model: { ...enrol, ownDomains: [], error: 'incomplete' } },
    { name: 'enrol-mail-own-domain', view, model: { ...typed, error: 'own_domain' } },
    { name: 'enrol-mail-used', view, model: { ...typed, error: 'used' } },
    { name: 'enrol-mail-no-address', view, model: { ...typed, error: 'not_an_address' } },
    { name: 'enrol-mail-throttled', view, model: { ...typed, error: 'throttled', retryAfterSeconds: 900 } },
    { name: 'enrol-mail-exhausted', view, model: { ...typed, isExhausted: true } },
    { name: 'enrol-mail-sent', view, model: sent },
    {
      name: 'enrol-mail-long',
      view,
      model: { ...typed, hasOtherKinds: false, code: { ...code, target: longAddress, isAnew: true } },
    },
    {
      name: 'enrol-mail-wrong',
      view,
      model: { ...sent, error: 'wrong', code: { ...sent.code, error: 'wrong', triesLeft: 3 } },
    },
    {
      name: 'enrol-mail-lapsed',
      view,
      model: { ...sent, error: 'lapsed', code: { ...sent.code, ...lapsed, error: 'lapsed' } },
    },
  ];
}
