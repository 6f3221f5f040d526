/**
 * The people of the demonstration, one for each thing there is to see. Invented; their passwords are printed at start,
 * which is why production refuses to start with them.
 */

import type { Instant } from '../base/clock.ts';
import { days } from '../base/duration.ts';
import type { AccountState } from '../core/people/account.ts';
import type { PersonEntry } from '../core/people/register.ts';

export interface DemoPerson {
  /** What this person shows, for the table at start. */
  readonly shows: { readonly ja: string; readonly en: string };
  readonly entry: PersonEntry;
  readonly state: Extract<AccountState, 'active' | 'suspended' | 'issued'>;
  /** None for an account that was never activated. */
  readonly password?: string;
  readonly hasAcceptedTerms: boolean;
}

export function demoPeople(now: Instant): readonly DemoPerson[] {
  const from = now - days(400);
  const student = (unit: string) => ({ unit, role: 'student' as const, from });
  return [
    {
      shows: { ja: '学生', en: 'a student' },
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
      shows: { ja: '職員(KULASIS は学生用です)', en: 'a member of staff (KULASIS is for students)' },
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
        ja: '有効化前のアカウント(まだパスワードがありません)',
        en: 'an account not yet activated (no password yet)',
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
      hasAcceptedTerms: false,
    },
  ];
}
