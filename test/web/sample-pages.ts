/** One or more pages of every view, with the hard cases: long names, no logo, every error. For tests and the preview. */
import type { Locale } from '../../src/base/locale.ts';
import { errorWords } from '../../src/i18n/error-words.ts';
import { words } from '../../src/i18n/words.ts';
import type {
  DeskModel,
  PageFrame,
  PasswordView,
  ServiceModel,
  ServiceTile,
  SiteFrame,
  ViewModels,
  ViewName,
} from '../../src/web/views.ts';

export type SamplePage = {
  [V in ViewName]: { readonly name: string; readonly view: V; readonly model: ViewModels[V] & PageFrame };
}[ViewName];

const logoOf = (colour: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="${colour}"/><path d="M12 34V14l12 8 12-8v20" fill="none" stroke="#fff" stroke-width="4"/></svg>`)}`;

const either = (locale: Locale, ja: string, en: string): string => (locale === 'ja' ? ja : en);

const centre = (locale: Locale): DeskModel => ({
  name: either(locale, '情報環境支援センター', 'ICT Support Center'),
  place: either(locale, '学術情報メディアセンター南館 1階', 'Academic Center for Computing, South Building, 1F'),
  hours: either(locale, '平日 9:00〜17:00', 'Weekdays 9:00–17:00'),
  phone: '075-000-0000',
  mail: 'support@example.ac.jp',
  url: 'https://support.example.ac.jp/',
  mapUrl: 'https://support.example.ac.jp/map',
});

export const sampleFrame = (
  locale: Locale,
  assets: Pick<SiteFrame, 'stylesheets' | 'scripts' | 'icon'>,
  logo?: string,
): SiteFrame => ({
  university: {
    name: either(locale, '京都みやこ大学', 'Kyoto Miyako University'),
    shortName: either(locale, '京都みやこ大', 'Miyako'),
    systemName: either(locale, '統合認証システム', 'Integrated Authentication System'),
    ...(logo ? { logo } : {}),
  },
  desk: centre(locale),
  rulesUrl: 'https://www.example.ac.jp/rules',
  helpHref: '/help',
  ...assets,
});

export const sampleLogo = logoOf('#1b3f8b');

const kulasis = (locale: Locale): ServiceModel => ({
  name: 'KULASIS',
  description: either(locale, '履修登録・成績・休講情報', 'Courses, grades and class cancellations'),
  domain: 'kulasis.example.ac.jp',
  logo: logoOf('#00664f'),
  desk: {
    name: either(locale, '教務企画課', 'Academic Affairs Division'),
    hours: either(locale, '平日 9:00〜17:00', 'Weekdays 9:00–17:00'),
    phone: '075-000-1111 (内線 1234)',
  },
});

const longService = (locale: Locale): ServiceModel => ({
  name: either(
    locale,
    '大学院横断教育プログラム履修支援および研究倫理・安全教育統合学習管理システム',
    'Cross-departmental Graduate Education and Research Integrity Learning Management System',
  ),
  domain: 'graduate-integrity-learning-management.cross-department.example.ac.jp',
  desk: { name: either(locale, '大学院教育支援機構', 'Division of Graduate Studies') },
});

const tiles = (locale: Locale, count: number): ServiceTile[] =>
  Array.from({ length: count }, (_, at) => {
    const service = [
      kulasis(locale),
      longService(locale),
      {
        name: 'MyKULINE',
        description: either(locale, '図書館の貸出・予約', 'Library loans and reservations'),
        desk: { name: either(locale, '附属図書館', 'Main Library'), mail: 'library@example.ac.jp' },
      },
    ][at % 3] as ServiceModel;
    return { ...service, href: `/to/${at}` };
  });

const kinds = [
  { label: 'ECS-ID', example: 'a0123456' },
  { label: 'SPS-ID', example: 'tarokyoto075' },
];
const help = { forgotId: '/help#forgot-id', forgotPassword: '/help#forgot-password', activation: '/help#activation' };
const signedInAs = (locale: Locale) => ({
  name: either(locale, '京大 花子', 'Hanako Kyodai'),
  loginName: 'a0123456',
  logOutHref: '/logout',
});
const form = { action: '/login/abc', csrf: 'csrf-value', turn: 1, subject: '' };

export function samplePages(locale: Locale): SamplePage[] {
  return [...loginPages(locale), ...portalPages(locale), ...otherPages(locale)];
}

function loginPages(locale: Locale): SamplePage[] {
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

function portalPages(locale: Locale): SamplePage[] {
  const here = { path: '/', signedInAs: signedInAs(locale) };
  const home = { ...here, name: signedInAs(locale).name, query: '' };
  return [
    { name: 'welcome', view: 'portal/welcome', model: { path: '/', loginHref: '/login', accountKinds: kinds, help } },
    { name: 'home', view: 'portal/home', model: { ...home, tiles: tiles(locale, 3), total: 3 } },
    { name: 'home-many', view: 'portal/home', model: { ...home, tiles: tiles(locale, 14), total: 14 } },
    { name: 'home-search', view: 'portal/home', model: { ...home, query: '<b>履修', tiles: [], total: 14 } },
    { name: 'home-empty', view: 'portal/home', model: { ...home, tiles: [], total: 0 } },
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
  const setup = {
    path: '/setup/token',
    action: '/setup/token',
    csrf: 'csrf-value',
    loginName: 'admin',
    minimumLength: 12,
    maximumLength: 16,
  };
  const { too_short, too_long, needs_upper, in_dictionary } = words(locale).passwordProblems;
  const rules = [too_short, too_long, needs_upper, in_dictionary].map((rule) => rule(setup));
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
      name: 'help',
      view: 'help',
      model: {
        path: '/help?from=a%20b',
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
    { name: 'setup', view: 'setup/password', model: { ...setup, rules } },
    {
      name: 'setup-wrong',
      view: 'setup/password',
      model: { ...setup, rules, error: ['too_short', 'needs_upper', 'repeated_differs'] },
    },
    {
      name: 'setup-done',
      view: 'setup/done',
      model: { path: '/setup/token', loginName: 'admin', loginHref: '/login' },
    },
  ];
}
