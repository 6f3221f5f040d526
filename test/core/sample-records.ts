/** Records made to order: each is whole and ordinary, so that a test names only the one thing that it is about. */
import { days, hours } from '../../src/base/duration.ts';
import type { Approved, OidcConnection } from '../../src/core/connections/connection.ts';
import type { OidcSettings } from '../../src/core/connections/oidc-settings.ts';
import type { FactorUse, UseOf } from '../../src/core/credentials/factor-use.ts';
import type { Account } from '../../src/core/people/account.ts';
import type { Person } from '../../src/core/people/person.ts';
import type { Participant, Session } from '../../src/core/sessions/session.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** What a FakeClock says before it is moved. */
export const startInstant = new FakeClock().now();

export const samplePerson = (wishes: Partial<Person> = {}): Person => ({
  id: 'person-1',
  nameJa: { family: '京都', given: '花子' },
  nameKana: { family: 'きょうと', given: 'はなこ' },
  nameEn: { family: 'Kyoto', given: 'Hanako' },
  affiliations: [{ unit: 'f-engineering', role: 'student', from: startInstant - days(9) }],
  createdAt: startInstant - days(10),
  ...wishes,
});

/** Active, and the terms of the worked example accepted. */
export const sampleAccount = (wishes: Partial<Account> = {}): Account => ({
  id: 'account-1',
  personId: 'person-1',
  kind: 'ecs',
  loginName: 'a0123456',
  state: 'active',
  createdAt: startInstant - days(10),
  universityMail: 'kyoto.hanako.12a@st.kyoto-u.ac.jp',
  acceptedTerms: { version: '2026-04', at: startInstant - days(9) },
  ...wishes,
});

export interface ConnectionWishes extends Partial<Approved> {
  readonly oidc?: Partial<OidcSettings>;
}

export const sampleConnection = ({ oidc, ...wishes }: ConnectionWishes = {}): OidcConnection => ({
  id: 'kulasis',
  stage: 'production',
  state: 'active',
  name: { ja: '教務情報システム', en: 'KULASIS' },
  homeUrl: 'https://kulasis.example/home',
  desk: { name: { ja: '教務窓口', en: 'KULASIS front desk' }, place: { ja: '吉田南1号館', en: 'Yoshida South' } },
  audience: {},
  release: [
    { attribute: 'displayName', required: true },
    { attribute: 'mail', required: false },
  ],
  consent: 'none',
  isListed: true,
  createdAt: startInstant - days(30),
  changedAt: startInstant - days(30),
  ...wishes,
  oidc: {
    application: 'web',
    authentication: 'client_secret_basic',
    secrets: [],
    redirectUris: ['https://kulasis.example/callback'],
    postLogoutRedirectUris: ['https://kulasis.example/logged-out'],
    mayRefresh: false,
    mayIntrospect: false,
    pkce: 'required',
    requiresPushedRequest: false,
    subject: 'public',
    idTokenAlgorithm: 'RS256',
    ...oidc,
  },
});

export const passwordUse = (at = startInstant, preset: UseOf<'password'>['preset'] = 'kyoto'): FactorUse => ({
  kind: 'password',
  at,
  preset,
});

export const sampleSession = (wishes: Partial<Session> = {}): Session => ({
  id: 'session-1',
  tokenDigest: `digest of the token of ${wishes.id ?? 'session-1'}`,
  accountId: 'account-1',
  personId: 'person-1',
  factors: [passwordUse()],
  device: { userAgent: 'Firefox', address: '192.0.2.1' },
  participants: [],
  startedAt: startInstant,
  seenAt: startInstant,
  endsAt: startInstant + hours(12),
  expiresAt: startInstant + hours(2),
  ...wishes,
});

export const sampleParticipant = (wishes: Partial<Participant> = {}): Participant => ({
  connectionId: 'kulasis',
  protocol: 'oidc',
  enteredAt: startInstant,
  handles: { sid: 'sid-1' },
  ...wishes,
});
