/** The pages of a login in progress, every error among them. */
import type { Locale } from '../../src/base/locale.ts';
import type { PageFrame, PasswordView } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { either, form, help, kinds, kulasis, longService, signedInAs } from './sample-university.ts';

export function loginPages(locale: Locale): SamplePage[] {
  const path = '/login/abc';
  const service = kulasis(locale);
  const password: PasswordView & PageFrame = {
    path,
    ...form,
    step: 'password',
    service,
    username: '',
    accountKinds: kinds,
    help,
    cancelHref: '/login/abc/cancel',
  };
  const { service: _service, ...portalPassword } = password;
  return [
    { name: 'password', view: 'login/password', model: password },
    { name: 'password-portal', view: 'login/password', model: portalPassword },
    { name: 'password-wrong', view: 'login/password', model: { ...password, username: 'a0123456', error: 'wrong' } },
    {
      name: 'password-throttled',
      view: 'login/password',
      model: { ...password, username: 'a0123456', error: 'throttled', retryAfterSeconds: 90 },
    },
    { name: 'password-incomplete', view: 'login/password', model: { ...password, error: 'incomplete' } },
    {
      name: 'password-again',
      view: 'login/password',
      model: { ...password, username: 'a0123456', reauthentication: { loginName: 'a0123456' } },
    },
    { name: 'password-long', view: 'login/password', model: { ...password, service: longService(locale) } },
    {
      name: 'choose-account',
      view: 'login/choose-account',
      model: {
        path,
        ...form,
        step: 'choose-account',
        service,
        accounts: [
          {
            id: 'one',
            name: signedInAs(locale).name,
            loginName: 'a0123456',
            kindLabel: either(locale, '学生アカウント (ECS-ID)', 'Student account (ECS-ID)'),
          },
          {
            id: 'two',
            name: signedInAs(locale).name,
            loginName: 'hanakokyodaiverylongloginname075',
            kindLabel: either(locale, '教職員アカウント (SPS-ID)', 'Staff account (SPS-ID)'),
          },
        ],
      },
    },
    {
      name: 'accept-terms',
      view: 'login/accept-terms',
      model: {
        path,
        ...form,
        step: 'accept-terms',
        service,
        terms: {
          title: either(locale, '全学情報システム利用規則', 'Rules for the use of the university information system'),
          version: '2026-04',
          summary: [
            either(
              locale,
              'アカウントは本人だけが使い、他人に貸したり、パスワードを教えたりしないでください。',
              'The account is for you alone. Do not lend it, and tell nobody the password.',
            ),
            either(
              locale,
              '大学の教育・研究・業務のために利用してください。',
              'Use it for education, research and work of the university.',
            ),
          ],
          url: 'https://www.example.ac.jp/rules',
        },
      },
    },
    {
      name: 'release',
      view: 'login/release',
      model: {
        path,
        ...form,
        step: 'release',
        service,
        consent: 'once',
        attributes: [
          { label: either(locale, '氏名', 'Name'), value: signedInAs(locale).name, required: true },
          {
            label: either(locale, '学生番号', 'Student number'),
            value: '1029-35-0001',
            required: true,
            reason: either(locale, '履修登録に使います。', 'Used for course registration.'),
          },
          {
            label: either(locale, '所属', 'Affiliation'),
            value: [
              either(locale, '工学部 情報学科', 'Faculty of Engineering, Informatics'),
              either(locale, '教育推進・学生支援部(アルバイト)', 'Student Support (part-time)'),
              either(locale, '附属図書館(補佐)', 'Main Library (assistant)'),
            ],
            required: true,
          },
          {
            label: either(locale, 'メールアドレス', 'Mail address'),
            value: 'kyodai.hanako.12a@st.example.ac.jp',
            required: false,
          },
          { label: either(locale, '電話番号', 'Phone'), value: [], required: false },
        ],
      },
    },
    {
      name: 'returning',
      view: 'login/returning',
      model: { path, service, href: 'https://kulasis.example.ac.jp/callback?code=x&state=y' },
    },
    {
      name: 'returning-by-post',
      view: 'login/returning',
      model: {
        path,
        service,
        href: 'https://kulasis.example.ac.jp/callback',
        fields: [
          { name: 'code', value: 'x' },
          { name: 'state', value: '"><b>' },
        ],
      },
    },
  ];
}
