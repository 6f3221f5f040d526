/** The demo services as approved connections: what the registry would hold after the committee's decision. */
import { readFileSync } from 'node:fs';
import type { Instant } from '../base/clock.ts';
import { digestOf } from '../base/digest.ts';
import type { Connection } from '../core/connections/connection.ts';
import type { OidcSettings } from '../core/connections/oidc-settings.ts';

export interface DemoService {
  readonly origin: string;
  readonly secret: string;
}

const logoOf = (service: 'kulasis' | 'mykuline'): string => {
  const file = readFileSync(new URL(`services/${service}/logo.svg`, import.meta.url));
  return `data:image/svg+xml;base64,${file.toString('base64')}`;
};

const oidcOf = ({ origin, secret }: DemoService, now: Instant): OidcSettings => ({
  application: 'web',
  authentication: 'client_secret_basic',
  secrets: [{ digest: digestOf(secret), createdAt: now }],
  redirectUris: [`${origin}/callback`],
  postLogoutRedirectUris: [`${origin}/logged-out`],
  backchannelLogoutUri: `${origin}/backchannel-logout`,
  mayRefresh: false,
  mayIntrospect: false,
  pkce: 'required',
  requiresPushedRequest: false,
  subject: 'pairwise',
  idTokenAlgorithm: 'RS256',
});

const profile = [
  { attribute: 'displayName', required: true },
  { attribute: 'familyName', required: false },
  { attribute: 'givenName', required: false },
  { attribute: 'loginName', required: true },
  { attribute: 'affiliation', required: true },
  { attribute: 'scopedAffiliation', required: false },
  { attribute: 'organizationalUnit', required: true },
] as const;

export function demoConnections(
  services: { readonly kulasis: DemoService; readonly mykuline: DemoService },
  now: Instant,
): readonly Connection[] {
  const { kulasis, mykuline } = services;
  const approved = {
    stage: 'test',
    state: 'active',
    consent: 'none',
    isListed: true,
    createdAt: now,
    changedAt: now,
  } as const;
  return [
    {
      ...approved,
      id: 'kulasis',
      name: { ja: 'KULASIS', en: 'KULASIS' },
      description: { ja: '履修登録・時間割・成績', en: 'Courses, timetable and grades' },
      logo: logoOf('kulasis'),
      homeUrl: `${kulasis.origin}/`,
      desk: {
        name: { ja: 'KULASIS 教務窓口', en: 'KULASIS front desk' },
        place: { ja: '吉田南1号館', en: 'Yoshida South Building No. 1' },
      },
      audience: { roles: ['student'], words: { ja: '学生', en: 'students' } },
      requiredLevel: 'mfa',
      release: [...profile, { attribute: 'studentNumber', required: true }],
      oidc: oidcOf(kulasis, now),
    },
    {
      ...approved,
      id: 'mykuline',
      name: { ja: 'MyKULINE', en: 'MyKULINE' },
      description: { ja: '図書館の貸出・予約', en: 'Library loans and reservations' },
      logo: logoOf('mykuline'),
      homeUrl: `${mykuline.origin}/`,
      desk: {
        name: { ja: 'MyKULINE 窓口(附属図書館)', en: 'MyKULINE front desk (Main Library)' },
        place: { ja: '附属図書館', en: 'Main Library' },
      },
      audience: {},
      release: [
        ...profile,
        { attribute: 'mail', required: false },
        { attribute: 'studentNumber', required: false },
        { attribute: 'staffNumber', required: false },
      ],
      oidc: oidcOf(mykuline, now),
    },
  ];
}
