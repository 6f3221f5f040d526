/**
 * Everything the provider sent, as rows for the page: each claim by its own name, with its meaning where we know it.
 * Nothing is left out and nothing is improved, because the point of the list is to be believed.
 */
import { formatMoment } from './format-date.ts';
import type { Language, Text } from './language.ts';
import type { Claims, SignedIn } from './sessions.ts';

export interface ReceivedRow {
  readonly claim: string;
  readonly meaning: string | undefined;
  readonly values: readonly string[];
}

export interface Received {
  readonly userinfo: readonly ReceivedRow[];
  readonly idToken: readonly ReceivedRow[];
}

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
/** Listed even when they did not come: whether they did is what one looks for. */
const alwaysListed = ['acr', 'amr', 'auth_time'];
const answer: Readonly<Record<'yes' | 'no', Text>> = { yes: { ja: 'はい', en: 'Yes' }, no: { ja: 'いいえ', en: 'No' } };

export function describeReceived(signedIn: SignedIn, language: Language): Received {
  const { idTokenClaims } = signedIn;
  const absent = alwaysListed.filter((claim) => !(claim in idTokenClaims));
  const others = Object.keys(idTokenClaims).filter((claim) => !alwaysListed.includes(claim));
  const rows = (claims: Claims, names: readonly string[]) =>
    names.map((claim) => rowOf(claim, claims[claim], language));
  return {
    userinfo: rows(signedIn.userinfo, Object.keys(signedIn.userinfo)),
    idToken: rows(
      idTokenClaims,
      [...alwaysListed, ...others].sort((a, b) => Number(absent.includes(a)) - Number(absent.includes(b))),
    ),
  };
}

function rowOf(claim: string, value: unknown, language: Language): ReceivedRow {
  // `name#ja-Hani-JP` means what `name` means (OIDC Core 5.2).
  const meaning = meanings[claim.split('#')[0] ?? claim]?.[language];
  return { claim, meaning, values: valuesOf(claim, value, language) };
}

function valuesOf(claim: string, value: unknown, language: Language): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(claim, item, language));
  if (typeof value === 'boolean') return [answer[value ? 'yes' : 'no'][language]];
  if (typeof value === 'number' && moments.includes(claim)) {
    return [formatMoment(new Date(value * 1_000), language)];
  }
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}
