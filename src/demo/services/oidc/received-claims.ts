/** What a login by OpenID Connect brings, for the page that lists it. */
import type { Text } from '../language.ts';
import type { ReceivedPart } from '../received.ts';
import type { Claims } from '../sessions.ts';

const meanings: Readonly<Record<string, Text>> = {
  acr: { ja: '認証レベル', en: 'Level of the login' },
  amr: { ja: '使われた認証要素', en: 'Factors used' },
  at_hash: { ja: 'アクセストークンとの対応', en: 'Tie to the access token' },
  aud: { ja: '宛先', en: 'Meant for' },
  auth_time: { ja: '認証した時刻', en: 'Time of the login' },
  eduperson_affiliation: { ja: '身分', en: 'Affiliation' },
  eduperson_scoped_affiliation: { ja: '身分(大学名付き)', en: 'Affiliation with its university' },
  email: { ja: 'メールアドレス', en: 'E-mail address' },
  email_verified: { ja: 'メールアドレスの確認', en: 'E-mail address verified' },
  exp: { ja: '有効期限', en: 'Valid until' },
  family_name: { ja: '姓', en: 'Family name' },
  given_name: { ja: '名', en: 'Given name' },
  iat: { ja: '発行時刻', en: 'Issued' },
  iss: { ja: '発行者', en: 'Issued by' },
  locale: { ja: '言語', en: 'Language' },
  name: { ja: '氏名', en: 'Name' },
  nonce: { ja: 'このログイン限りの番号', en: 'Number of this one login' },
  organizational_unit: { ja: '所属', en: 'Unit' },
  preferred_username: { ja: 'ログイン名', en: 'Login name' },
  sid: { ja: 'セッションの識別子', en: 'Session identifier' },
  student_number: { ja: '学生番号', en: 'Student number' },
  sub: { ja: 'このサービスでの利用者識別子', en: 'Your identifier at this service' },
};
const moments = ['auth_time', 'exp', 'iat', 'updated_at'];

export const receivedClaims = (idTokenClaims: Claims, userinfo: Claims): readonly ReceivedPart[] => [
  { kind: 'userinfo', values: withMoments(userinfo), alwaysListed: [], meanings },
  { kind: 'idToken', values: withMoments(idTokenClaims), alwaysListed: ['acr', 'amr', 'auth_time'], meanings },
];

/** They come as seconds (OIDC Core 2). */
const withMoments = (claims: Claims): Claims =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      const isMoment = moments.includes(name) && typeof value === 'number';
      return [name, isMoment ? new Date(value * 1_000) : value];
    }),
  );
