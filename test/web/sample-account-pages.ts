/** The pages on which a person looks after their own account: empty, ordinary, and with too much of everything. */
import type { Locale } from '../../src/base/locale.ts';
import { type AccountSessionsView, deeds, type OwnFactor, type SetUpState } from '../../src/web/account-views.ts';
import { newPasswordModel } from '../../src/web/new-password.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { centre, either, longService, signedInAs } from './sample-university.ts';

export function accountPages(locale: Locale): SamplePage[] {
  return [
    ...overviewPages(locale),
    ...factorPages(locale),
    ...sessionPages(locale),
    ...activityPages(locale),
    ...passwordPages(locale),
  ];
}

const here = (locale: Locale, path: string) => ({ path, signedInAs: signedInAs(locale) });
const day = (locale: Locale) => either(locale, '2026年4月10日(金)', 'Fri 10 April 2026');
const time = (locale: Locale) => either(locale, '2026年4月10日(金)9:12', 'Fri 10 April 2026, 9:12');
const desk = (locale: Locale): SetUpState => ({ kind: 'desk', desk: centre(locale) });
const long = 'ひらがなカタカナ漢字とLatinLettersWithoutAnySpaceInThem';

const factors = (locale: Locale): readonly (OwnFactor & { readonly href: string })[] => [
  {
    kind: 'passkey',
    name: either(locale, '私のスマートフォン', 'My phone'),
    detail: 'iCloud Keychain',
    isSynced: true,
    added: day(locale),
    lastUsed: day(locale),
    href: '/account/factors/1',
  },
  { kind: 'totp', name: long, isSynced: false, added: day(locale), href: '/account/factors/2' },
  {
    kind: 'mail-code',
    name: 'h***@mail.example.com',
    detail: 'h***@mail.example.com',
    isSynced: false,
    added: day(locale),
    href: '/account/factors/3',
  },
  {
    kind: 'certificate',
    name: either(locale, '京都 花子', 'Hanako Kyoto'),
    detail: 'CN=Hanako Kyoto,OU=Graduate School of Letters,O=Kyoto Miyako University,L=Academe,C=JP',
    isSynced: false,
    ends: day(locale),
    added: day(locale),
    lastUsed: day(locale),
    href: '/account/factors/4',
  },
];

function overviewPages(locale: Locale): SamplePage[] {
  const model = {
    ...here(locale, '/account'),
    place: 'overview' as const,
    name: signedInAs(locale).name,
    loginName: 'a0123456',
    accountKind: either(locale, '学生アカウント (ECS-ID)', 'Student account (ECS-ID)'),
    universityMail: 'kyodai.hanako.23a@st.example.ac.jp',
    passwordSet: day(locale),
    factors: [],
    setUp: { kind: 'until' as const, day: day(locale) },
    requiredBy: ['KULASIS', longService(locale).name],
    sessions: '1',
  };
  return [
    { name: 'account-bare', view: 'account/overview', model },
    { name: 'account-desk', view: 'account/overview', model: { ...model, setUp: desk(locale), requiredBy: [] } },
    ...deeds.map((deed) => ({
      name: `account-${deed}`,
      view: 'account/overview' as const,
      model: {
        ...model,
        deed,
        factors: [
          { kind: 'passkey' as const, count: '2' },
          { kind: 'totp' as const, count: '1' },
        ],
        recoveryCodes: { left: '2', isFew: true },
        setUp: { kind: 'open' as const },
        requiredBy: [],
        sessions: '12',
      },
    })),
  ];
}

function factorPages(locale: Locale): SamplePage[] {
  const list = {
    ...here(locale, '/account/factors'),
    place: 'factors' as const,
    csrf: 'csrf-value',
    passwordSet: day(locale),
    factors: factors(locale),
    recoveryCodes: { left: '8', isFew: false, made: day(locale), action: '/account/factors/recovery-codes' },
    addAction: '/account/factors/add',
    setUp: { kind: 'open' as const },
  };
  const { recoveryCodes: codes, ...bare } = list;
  const one = {
    ...here(locale, '/account/factors/1'),
    place: 'factors' as const,
    csrf: 'csrf-value',
    action: '/account/factors/1',
    removeAction: '/account/factors/1/remove',
    factor: factors(locale)[0] as OwnFactor,
    neededBy: [],
    isLast: false,
    error: false,
    backHref: '/account/factors',
  };
  const certificate = { ...one, factor: factors(locale)[3] as OwnFactor };
  const needed = { ...one, factor: factors(locale)[1] as OwnFactor, neededBy: ['KULASIS', longService(locale).name] };
  return [
    { name: 'factors', view: 'account/factors', model: list },
    { name: 'factor-certificate', view: 'account/factor', model: certificate },
    {
      name: 'factors-few-codes',
      view: 'account/factors',
      model: { ...list, recoveryCodes: { ...codes, left: '1', isFew: true } },
    },
    {
      name: 'factors-none',
      view: 'account/factors',
      model: { ...bare, factors: [], setUp: { kind: 'until', day: day(locale) } },
    },
    { name: 'factors-desk', view: 'account/factors', model: { ...bare, factors: [], setUp: desk(locale) } },
    { name: 'factor', view: 'account/factor', model: one },
    {
      name: 'factor-last',
      view: 'account/factor',
      model: { ...one, factor: factors(locale)[2] as OwnFactor, isLast: true },
    },
    { name: 'factor-needed', view: 'account/factor', model: needed },
    { name: 'factor-no-name', view: 'account/factor', model: { ...one, problem: 'no_name', error: true } },
    {
      name: 'new-recovery-codes',
      view: 'account/recovery-codes',
      model: {
        ...here(locale, '/account/factors/recovery-codes'),
        place: 'factors',
        codes: Array.from({ length: 10 }, (_, at) => `2C4D-5F6H-7J${at}K`),
        loginName: 'a0123456',
        action: '/account/factors/recovery-codes/kept',
        csrf: 'csrf-value',
      },
    },
  ];
}

function sessionPages(locale: Locale): SamplePage[] {
  const present = {
    id: 'session-0',
    isPresent: true,
    device: 'Chrome / Windows',
    address: '192.0.2.17',
    started: time(locale),
    seen: time(locale),
    factors: ['password', 'totp'] as const,
    services: ['KULASIS', longService(locale).name],
  };
  const { device: _device, ...unknown } = present;
  const other = {
    ...present,
    isPresent: false,
    device: 'Safari / iPhone',
    factors: ['passkey'] as const,
    services: [],
  };
  const many = Array.from({ length: 12 }, (_, at) => ({ ...other, id: `session-${at + 2}` }));
  const page: AccountSessionsView & PageFrame = {
    ...here(locale, '/account/sessions'),
    place: 'sessions',
    csrf: 'csrf-value',
    action: '/account/sessions',
    sessions: [present],
    endOthersAction: '/account/sessions/others',
    trusted: [],
    endTrustAction: '/account/sessions/trust',
  };
  const trusted = { id: 'browser-1', device: 'Firefox / Linux', since: time(locale), until: time(locale) };
  const strange = {
    ...unknown,
    id: 'session-1',
    isPresent: false,
    address: '2001:db8:1234:5678:9abc:def0:1234:5678',
  };
  return [
    { name: 'sessions-one', view: 'account/sessions', model: page },
    {
      name: 'sessions-many',
      view: 'account/sessions',
      model: { ...page, sessions: [present, strange, ...many], trusted: [trusted, { ...trusted, id: 'browser-2' }] },
    },
  ];
}

function activityPages(locale: Locale): SamplePage[] {
  const entry = {
    at: either(locale, '今日 9:12', 'Today, 9:12'),
    text: either(locale, 'KULASIS にログインしました。', 'Logged in to KULASIS.'),
    details: [
      either(locale, 'パスワード、パスキー', 'Password, Passkey'),
      either(locale, 'Chrome / Windows(接続元 192.0.2.17)', 'Chrome / Windows, from 192.0.2.17'),
    ],
    isWarning: false,
  };
  const marked = {
    ...entry,
    at: time(locale),
    text: either(locale, 'パスワードが正しくありませんでした。', 'The password was not correct.'),
    details: [longService(locale).name],
    isWarning: true,
  };
  const page = {
    ...here(locale, '/account/activity'),
    place: 'activity' as const,
    month: either(locale, '2026年4月', 'April 2026'),
    sessionsHref: '/account/sessions',
    passwordHref: '/account/password',
  };
  return [
    { name: 'activity-none', view: 'account/activity', model: { ...page, entries: [] } },
    {
      name: 'activity',
      view: 'account/activity',
      model: {
        ...page,
        entries: Array.from({ length: 30 }, (_, at) => (at % 4 === 1 ? marked : entry)),
        newerHref: '/account/activity?month=2026-05',
        olderHref: '/account/activity?month=2026-03',
        moreHref: '/account/activity?month=2026-04&after=x',
      },
    },
  ];
}

function passwordPages(locale: Locale): SamplePage[] {
  const page = {
    ...here(locale, '/account/password'),
    place: 'password' as const,
    action: '/account/password',
    csrf: 'csrf-value',
    loginName: 'a0123456',
    newPassword: newPasswordModel('kyoto', locale),
    isUnchanged: false,
    error: false,
  };
  const refused = { ...page, error: true };
  return [
    { name: 'change-password', view: 'account/password', model: page },
    { name: 'change-password-wrong', view: 'account/password', model: { ...refused, currentProblem: 'wrong' } },
    { name: 'change-password-same', view: 'account/password', model: { ...refused, isUnchanged: true } },
    {
      name: 'change-password-throttled',
      view: 'account/password',
      model: { ...refused, currentProblem: 'throttled', retryAfterSeconds: 90 },
    },
    {
      name: 'change-password-missing',
      view: 'account/password',
      model: {
        ...refused,
        currentProblem: 'missing',
        newPassword: newPasswordModel('kyoto', locale, ['too_short', 'needs_upper', 'repeated_differs']),
      },
    },
  ];
}
