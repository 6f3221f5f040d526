/** What a student finds in KUMOI: invented mails, and what was really sent to the address that came with the login. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inventedMails } from '../../../src/demo/services/kumoi/invented-mails.ts';
import type { Mail } from '../../../src/demo/services/kumoi/mail.ts';
import { mailName } from '../../../src/demo/services/saml/read-assertion.ts';
import { address, type KumoiStage, setKumoiStage } from '../kumoi-stage.ts';

let stage: KumoiStage;
beforeEach(async () => {
  stage = await setKumoiStage();
});
afterEach(() => stage.close());

const visit = async (path: string) => stage.browser.visit(`${stage.kumoi.origin}${path}`);
const subjects = (html: string) => [...html.matchAll(/<strong>([^<]+)<\/strong>(?= |<span)/g)].map(([, one]) => one);

const arrived: Mail = {
  id: 'demo-1',
  from: { ja: '京都大学', en: '京都大学' },
  address: 'no-reply@sekisho.example',
  subject: { ja: '<b>新しい端末</b>', en: '<b>新しい端末</b>' },
  sentAt: new Date(),
  body: {
    ja: [
      { text: '<b>身に覚えのない場合は</b> ', isLink: false },
      { text: 'http://localhost:3000/not-me/1', isLink: true },
    ],
    en: [],
  },
  isReal: true,
};

describe('the inbox', () => {
  it.each([
    ['ja', '休講のお知らせ(ドイツ語IIA)', '4通'],
    ['en', 'Class cancelled: German IIA', '4 mails'],
  ])('lists the mails, the newest first, in the reader’s language: %s', async (language, newest, count) => {
    stage.browser.headers['accept-language'] = language;
    const { html } = await stage.login();
    expect(subjects(html)).toHaveLength(4);
    expect(subjects(html)[0]).toBe(newest);
    expect(html).toContain(count);
    expect(html).toContain(`data-testid="address">${address}<`);
  });

  it('shows what was sent to the person’s own address, and says that it is real', async () => {
    stage.mails.push(arrived);
    const { html } = await stage.login();
    expect(subjects(html)[0]).toBe('&lt;b&gt;新しい端末&lt;/b&gt;');
    expect(html.match(/<em>このデモが送信<\/em>/g)).toHaveLength(1);
    const mail = await visit('/mails/demo-1');
    expect(mail.html).toContain('<a href="http://localhost:3000/not-me/1" rel="noreferrer">');
    expect(mail.html).toContain('<title>&lt;b&gt;新しい端末');
    expect(mail.html).toContain('&lt;b&gt;身に覚えのない場合は');
  });

  it('has a mail among the others where its time is', async () => {
    stage.mails.push({ ...arrived, sentAt: new Date(0) });
    expect(subjects((await stage.login()).html).at(-1)).toContain('新しい端末');
  });

  it('shows nobody what was sent to somebody else', async () => {
    stage.mails.push(arrived);
    expect((await stage.login('/', { attributes: { [mailName]: ['other@st.kyoto-u.ac.jp'] } })).html).not.toContain(
      '新しい端末',
    );
    expect((await visit('/mails/demo-1')).status).toBe(404);
  });
});

describe('a mail', () => {
  beforeEach(() => stage.login());

  it('is read on a page of its own, which the menu counts to its folder', async () => {
    const { html } = await visit('/mails/report');
    expect(html).toContain('<h1>Re: 自然地理学のレポート</h1>');
    expect(html).toContain('<a href="/" aria-current="page">');
    expect(html).toContain('受信トレイに戻る');
    expect(html).toContain('?lang=en');
  });

  it('lies in one folder', async () => {
    expect((await visit('/sent')).html).toContain('href="/sent/report-maps"');
    expect((await visit('/sent/report-maps')).html).toContain('<a href="/sent" aria-current="page">');
    expect((await visit('/mails/report-maps')).status).toBe(404);
    expect((await visit('/sent/report')).status).toBe(404);
  });

  it('keeps its page when the language is changed', async () => {
    expect((await visit('/mails/report?lang=en')).html).toContain('<h1>Re: Geography report</h1>');
  });
});

it('says so when a folder is empty', async () => {
  await stage.login();
  expect((await visit('/junk')).html).toContain('迷惑メールはありません');
});

it('invents no mail from the future, whatever time it is', () => {
  for (const time of ['2026-04-10T00:00:00+09:00', '2026-04-10T23:59:59+09:00']) {
    const now = new Date(time);
    const { inbox, sent } = inventedMails(now);
    expect([...inbox, ...sent].every(({ sentAt }) => sentAt < now)).toBe(true);
  }
});
