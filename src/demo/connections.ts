/** The demo services as approved connections: what the registry would hold after the committee's decision. */
import { readFileSync } from 'node:fs';
import type { Instant } from '../base/clock.ts';
import { digestOf } from '../base/digest.ts';
import type { Connection } from '../core/connections/connection.ts';
import type { OidcSettings } from '../core/connections/oidc-settings.ts';
import type { SamlSettings } from '../core/connections/saml-settings.ts';

export interface DemoService {
  readonly origin: string;
  readonly secret: string;
}

/** By SAML. */
export interface DemoMailService {
  readonly origin: string;
  /** X.509 in DER, base64. */
  readonly certificate: string;
}

export interface DemoServices {
  readonly kulasis: DemoService;
  readonly kumoi: DemoMailService;
  readonly mykuline: DemoService;
}

const logoOf = (service: keyof DemoServices): string => {
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

/** As the service's own metadata has it. */
const samlOf = ({ origin, certificate }: DemoMailService): SamlSettings => ({
  entityId: `${origin}/saml/metadata`,
  consumers: [{ url: `${origin}/saml/acs`, binding: 'post', index: 1, isDefault: true }],
  logout: [
    { binding: 'redirect', url: `${origin}/saml/slo` },
    { binding: 'post', url: `${origin}/saml/slo` },
  ],
  signingCertificates: [certificate],
  encryptionCertificates: [certificate],
  requests: 'signed',
  signs: 'both',
  signatureAlgorithm: 'rsa-sha256',
  encrypts: 'always',
  cipher: 'aes256-gcm',
  nameIds: ['persistent'],
  subjectIdentifier: 'none',
  mayBeUnsolicited: false,
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

export function demoConnections({ kulasis, kumoi, mykuline }: DemoServices, now: Instant): readonly Connection[] {
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
      id: 'kumoi',
      name: { ja: 'KUMOI', en: 'KUMOI' },
      description: { ja: '学生用メール', en: 'Student e-mail' },
      logo: logoOf('kumoi'),
      homeUrl: `${kumoi.origin}/`,
      desk: {
        name: { ja: 'KUMOI(学生用メール)窓口', en: 'KUMOI (student e-mail) front desk' },
        place: {
          ja: '学術情報メディアセンター南館',
          en: 'Academic Center for Computing and Media Studies, South Building',
        },
      },
      audience: { roles: ['student'], words: { ja: '学生', en: 'students' } },
      // Mail is read many times a day: one's own browser may do, where KULASIS wants the factor each time.
      requiredLevel: 'mfa',
      trustedBrowser: 'policy',
      release: [
        { attribute: 'displayName', required: true },
        { attribute: 'jaDisplayName', required: false },
        { attribute: 'mail', required: true },
        { attribute: 'affiliation', required: false },
      ],
      entityId: `${kumoi.origin}/saml/metadata`,
      saml: samlOf(kumoi),
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
