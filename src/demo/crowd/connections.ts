/** The n-th service of a crowd: one in a hundred for everybody, the others for those who study or work in one unit. */
import type { Instant } from '../../base/clock.ts';
import type { Localized } from '../../base/locale.ts';
import type { Audience, Connection } from '../../core/connections/connection.ts';
import { drawAt } from './draw.ts';

interface Purpose {
  readonly id: string;
  readonly name: Localized;
  readonly description: Localized;
}

const purposes: readonly [Purpose, ...Purpose[]] = [
  purpose('attendance', '出席管理', 'Attendance', '授業への出席を記録します', 'Records attendance at classes'),
  purpose('syllabus', 'シラバス', 'Syllabus', '授業の内容と予定', 'What is taught, and when'),
  purpose('lab-booking', '設備予約', 'Equipment booking', '実験設備の予約', 'Books laboratory equipment'),
  purpose('rooms', '会議室予約', 'Room booking', '会議室と講義室の予約', 'Books meeting and lecture rooms'),
  purpose('journals', '電子ジャーナル', 'Electronic journals', '論文の検索と閲覧', 'Finds and opens papers'),
  purpose('safety', '安全教育', 'Safety training', '受講と修了証', 'Courses and certificates'),
  purpose('health', '健康診断予約', 'Health check booking', '健康診断の日時', 'Dates of health checks'),
  purpose('travel', '出張申請', 'Travel requests', '申請と精算', 'Requests and settlement'),
  purpose('funds', '研究費管理', 'Research funds', '予算と執行', 'Budgets and spending'),
  purpose('scholarship', '奨学金申請', 'Scholarships', '募集と申請', 'Calls and applications'),
  purpose('exchange', '留学支援', 'Study abroad', '協定校と申請', 'Partner universities and applications'),
  purpose('careers', '就職支援', 'Careers', '求人と相談', 'Openings and advice'),
  purpose('computing', '計算機利用', 'Computing', '計算資源の申請', 'Requests computing time'),
  purpose('survey', 'アンケート', 'Surveys', '授業アンケート', 'Surveys of classes'),
  purpose('board', '掲示板', 'Notice board', 'お知らせと配布物', 'News and hand-outs'),
  purpose('files', 'ファイル共有', 'File sharing', '大きなファイルの受け渡し', 'Hands over large files'),
];

function purpose(id: string, ja: string, en: string, jaMore: string, enMore: string): Purpose {
  return { id, name: { ja, en }, description: { ja: jaMore, en: enMore } };
}

export interface CrowdUnit {
  readonly id: string;
  readonly name: Localized;
}

/** `secretDigest` is that of a secret which nobody knows: nobody plays these services. */
export function crowdConnection(
  units: readonly [CrowdUnit, ...CrowdUnit[]],
  seed: string,
  index: number,
  now: Instant,
  secretDigest: string,
): Connection {
  const draw = drawAt(seed, `service/${index}`);
  const { id: kind, name, description } = draw.of(purposes);
  const unit = draw.of(units);
  const isForAll = index % 100 === 0;
  const owner = isForAll ? { ja: '全学', en: 'University-wide' } : unit.name;
  const id = `${kind}-${index}`;
  const origin = `https://${id}.example`;
  return {
    id,
    stage: 'production',
    state: 'active',
    name: { ja: `${owner.ja} ${name.ja} ${index}`, en: `${name.en} ${index}, ${owner.en}` },
    description,
    homeUrl: `${origin}/`,
    desk: { name: { ja: `${owner.ja} 担当窓口`, en: `Desk: ${owner.en}` } },
    audience: isForAll ? {} : audienceOf(unit.id, draw.isAmong(50)),
    release: [
      { attribute: 'displayName', required: true },
      { attribute: 'mail', required: false },
      { attribute: 'affiliation', required: true },
    ],
    consent: 'none',
    isListed: true,
    createdAt: now,
    changedAt: now,
    oidc: {
      application: 'web',
      authentication: 'client_secret_basic',
      secrets: [{ digest: secretDigest, createdAt: now }],
      redirectUris: [`${origin}/callback`],
      postLogoutRedirectUris: [],
      mayRefresh: false,
      mayIntrospect: false,
      pkce: 'required',
      requiresPushedRequest: false,
      subject: 'pairwise',
      idTokenAlgorithm: 'RS256',
    },
  };
}

const audienceOf = (unit: string, isForStudents: boolean): Audience =>
  isForStudents
    ? { units: [unit], roles: ['student'], words: { ja: '学生', en: 'students' } }
    : { units: [unit], roles: ['faculty', 'staff', 'employee'], words: { ja: '教職員', en: 'faculty and staff' } };
