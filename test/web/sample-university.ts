/** The made-up university, services and people of the sample pages: with a logo and without, with names that are too long. */
import type { Locale } from '../../src/base/locale.ts';
import type { DeskModel, ServiceModel } from '../../src/web/view-parts.ts';
import type { ServiceTile, SiteFrame } from '../../src/web/views.ts';

export const logoOf = (colour: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="${colour}"/><path d="M12 34V14l12 8 12-8v20" fill="none" stroke="#fff" stroke-width="4"/></svg>`)}`;

export const either = (locale: Locale, ja: string, en: string): string => (locale === 'ja' ? ja : en);

export const centre = (locale: Locale): DeskModel => ({
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
  assets: Pick<SiteFrame, 'stylesheets' | 'scripts' | 'newPasswordScript' | 'passkeyScript' | 'logoutScript' | 'icon'>,
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

export const kulasis = (locale: Locale): ServiceModel => ({
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

export const longService = (locale: Locale): ServiceModel => ({
  name: either(
    locale,
    '大学院横断教育プログラム履修支援および研究倫理・安全教育統合学習管理システム',
    'Cross-departmental Graduate Education and Research Integrity Learning Management System',
  ),
  domain: 'graduate-integrity-learning-management.cross-department.example.ac.jp',
  desk: { name: either(locale, '大学院教育支援機構', 'Division of Graduate Studies') },
});

export const tiles = (locale: Locale, count: number): ServiceTile[] =>
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

export const kinds = [
  { label: 'ECS-ID', example: 'a0123456' },
  { label: 'SPS-ID', example: 'tarokyoto075' },
];
export const help = {
  forgotId: '/help#forgot-id',
  forgotPassword: '/help#forgot-password',
  activation: '/activate',
};
export const signedInAs = (locale: Locale) => ({
  name: either(locale, '京大 花子', 'Hanako Kyodai'),
  loginName: 'a0123456',
  logOutHref: '/logout',
});
export const form = { action: '/login/abc', csrf: 'csrf-value', turn: 1, subject: '' };
