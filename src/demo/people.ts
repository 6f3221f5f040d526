/**
 * The people of the demonstration, one for each thing there is to see. Invented; their passwords are printed at start,
 * which is why production refuses to start with them.
 */

import type { Instant } from '../base/clock.ts';
import { days } from '../base/duration.ts';
import type { AccountState, KeyHanding } from '../core/people/account.ts';
import type { PersonEntry } from '../core/people/register.ts';

export interface DemoPerson {
  /** What this person shows, for the table at start. */
  readonly shows: { readonly ja: string; readonly en: string };
  readonly entry: PersonEntry;
  readonly state: Extract<AccountState, 'active' | 'suspended' | 'issued'>;
  /** None for an account that was never activated. */
  readonly password?: string;
  readonly hasAcceptedTerms: boolean;
  /** A key to activate with is made at start, as if it had been handed over so. */
  readonly keyHanded?: KeyHanding;
  /** Has an authenticator app, whose key is printed at start. */
  readonly hasApp?: boolean;
  /** Was activated at start with a key from the desk, so that a second factor may be set up. */
  readonly isNew?: boolean;
}

export function demoPeople(now: Instant): readonly DemoPerson[] {
  const from = now - days(400);
  const student = (unit: string) => ({ unit, role: 'student' as const, from });
  return [
    {
      shows: { ja: '学生', en: 'a student' },
      hasApp: true,
      entry: {
        nameJa: { family: '京都', given: '花子' },
        nameKana: { family: 'キョウト', given: 'ハナコ' },
        nameEn: { family: 'Kyoto', given: 'Hanako' },
        studentNumber: '1029361234',
        affiliations: [student('f-engineering')],
        accounts: [{ kind: 'ecs', loginName: 'a0123456', universityMail: 'kyoto.hanako.12a@st.kyoto-u.ac.jp' }],
      },
      state: 'active',
      password: 'Kamo7gawaTobi',
      hasAcceptedTerms: true,
    },
    {
      shows: {
        ja: '職員(KUMOI と KULASIS は学生用です)',
        en: 'a member of staff (KUMOI and KULASIS are for students)',
      },
      hasApp: true,
      entry: {
        nameJa: { family: '吉田', given: '太郎' },
        nameKana: { family: 'ヨシダ', given: 'タロウ' },
        nameEn: { family: 'Yoshida', given: 'Taro' },
        staffNumber: '00123456',
        affiliations: [{ unit: 'main-library', role: 'staff', from }],
        accounts: [{ kind: 'sps', loginName: 'yoshidataro12a', universityMail: 'yoshida.taro.3x@kyoto-u.ac.jp' }],
      },
      state: 'active',
      password: 'Hiei48oroshi',
      hasAcceptedTerms: true,
    },
    {
      shows: {
        ja: '身分が三つある学生。利用規程への同意はこれから',
        en: 'a student with three affiliations, who has yet to accept the rules of use',
      },
      hasApp: true,
      entry: {
        nameJa: { family: 'ムハンマド・アブドゥルラフマーン', given: 'アル=ハーシミー' },
        nameKana: { family: 'ムハンマド・アブドゥルラフマーン', given: 'アル=ハーシミー' },
        nameEn: { family: 'Muhammad Abdurrahman', given: 'Al-Hashimi bin Yusuf' },
        studentNumber: '6930345678',
        affiliations: [
          student('g-informatics'),
          { unit: 'iimc', role: 'employee', from: now - days(90) },
          { unit: 'main-library', role: 'affiliate', from: now - days(30), until: now + days(300) },
        ],
        accounts: [{ kind: 'ecs', loginName: 'a0234567', universityMail: 'alhashimi.muhammad.45c@st.kyoto-u.ac.jp' }],
      },
      state: 'active',
      password: 'Nishiki30iri',
      hasAcceptedTerms: false,
    },
    {
      shows: {
        ja: '入学したばかりの学生。多要素認証は、KUMOI や KULASIS へのログインの途中で設定します',
        en: 'a new student, who sets up a second factor in the middle of a login to KUMOI or KULASIS',
      },
      isNew: true,
      entry: {
        nameJa: { family: '桂', given: '一葉' },
        nameKana: { family: 'カツラ', given: 'カズハ' },
        nameEn: { family: 'Katsura', given: 'Kazuha' },
        studentNumber: '1029366789',
        affiliations: [student('f-economics')],
        accounts: [{ kind: 'ecs', loginName: 'a0678901', universityMail: 'katsura.kazuha.89e@st.kyoto-u.ac.jp' }],
      },
      state: 'active',
      password: 'Sanjo16ohashi',
      hasAcceptedTerms: true,
    },
    {
      shows: {
        ja: '多要素認証を設定しないまま期間が過ぎた学生(KUMOI と KULASIS は窓口での手続きのあと)',
        en: 'a student who set up no second factor in time (for KUMOI and KULASIS a desk comes first)',
      },
      entry: {
        nameJa: { family: '嵐山', given: '渡' },
        nameKana: { family: 'アラシヤマ', given: 'ワタル' },
        nameEn: { family: 'Arashiyama', given: 'Wataru' },
        studentNumber: '1029367890',
        affiliations: [student('f-agriculture')],
        accounts: [{ kind: 'ecs', loginName: 'a0789012', universityMail: 'arashiyama.wataru.01f@st.kyoto-u.ac.jp' }],
      },
      state: 'active',
      password: 'Togetsu11kyo',
      hasAcceptedTerms: true,
    },
    {
      shows: { ja: '停止中のアカウント', en: 'a suspended account' },
      entry: {
        nameJa: { family: '鴨川', given: '次郎' },
        nameKana: { family: 'カモガワ', given: 'ジロウ' },
        nameEn: { family: 'Kamogawa', given: 'Jiro' },
        studentNumber: '1029363456',
        affiliations: [student('f-letters')],
        accounts: [{ kind: 'ecs', loginName: 'a0345678', universityMail: 'kamogawa.jiro.67d@st.kyoto-u.ac.jp' }],
      },
      state: 'suspended',
      password: 'Tsuki29nobori',
      hasAcceptedTerms: true,
    },
    {
      shows: { ja: '有効期限が切れたアカウント', en: 'an expired account' },
      entry: {
        nameJa: { family: '比叡', given: '三葉' },
        nameKana: { family: 'ヒエイ', given: 'ミツハ' },
        nameEn: { family: 'Hiei', given: 'Mitsuha' },
        studentNumber: '1029364567',
        affiliations: [{ unit: 'f-law', role: 'student', from, until: now - days(60) }],
        accounts: [{ kind: 'ecs', loginName: 'a0456789', expiresAt: now - days(30) }],
      },
      state: 'active',
      password: 'Okuri16bidana',
      hasAcceptedTerms: true,
    },
    {
      shows: {
        ja: '有効化前のアカウント(/activate で、表示された有効化キーを使います)',
        en: 'an account to activate at /activate with the key shown',
      },
      entry: {
        nameJa: { family: '伏見', given: '五月' },
        nameKana: { family: 'フシミ', given: 'サツキ' },
        nameEn: { family: 'Fushimi', given: 'Satsuki' },
        studentNumber: '1029365678',
        affiliations: [student('f-science')],
        accounts: [{ kind: 'ecs', loginName: 'a0567890' }],
      },
      state: 'issued',
      keyHanded: 'in-person',
      hasAcceptedTerms: false,
    },
  ];
}
