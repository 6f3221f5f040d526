/** Every page that Sekisho can show, and how a person comes to see it: what must hold of all pages is tested over these. */
import type { Page } from 'playwright-core';
import { issueSetupLink } from '../../src/core/access/setup-link.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { replace } from '../../src/store/port.ts';
import { accountPages } from './account-pages.ts';
import { activationPages } from './activation-pages.ts';
import { askConsent } from './ask-consent.ts';
import { mailCodePages } from './mail-code-pages.ts';
import { notMePages } from './not-me-pages.ts';
import { passkeyPages } from './passkey-pages.ts';
import { secondFactorPages } from './second-factor-pages.ts';
import { expired, manyRoles, type Stage, staff, student, suspended } from './stage.ts';
import { standInPages } from './stand-in-pages.ts';
import { totpPages } from './totp-pages.ts';
import { trustPages } from './trust-pages.ts';
import { logIn, openLogin, send, typeAndSend } from './visit.ts';

export interface ShownPage {
  readonly name: string;
  /** The document title's part in Japanese, which tells that the page was reached. */
  readonly heading: string;
  open(page: Page, stage: Stage): Promise<unknown>;
}

const refusedLogin = (loginName: string) => async (page: Page, stage: Stage) => {
  await openLogin(page, stage.kulasis);
  await typeAndSend(page, loginName);
};

/** An authorization request that a service would not make. */
const request = (stage: Stage, parameters: Record<string, string>): string =>
  `${stage.issuer}/oidc/auth?${new URLSearchParams({ response_type: 'code', scope: 'openid', ...parameters })}`;

async function suspendService({ sekisho }: Stage, id: string): Promise<void> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, id);
  if (connection) await store.commit([replace(connections, { ...connection, state: 'suspended' })]);
}

/** As after hours away from the desk: the service asks again who is there. */
const askAgain = async (page: Page, stage: Stage, parameters: Record<string, string>): Promise<void> => {
  await logIn(page, stage.kulasis, student);
  await page.goto(
    request(stage, {
      client_id: 'kulasis',
      redirect_uri: `${stage.kulasis}/callback`,
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
      ...parameters,
    }),
  );
};

export const everyPage: readonly ShownPage[] = [
  ...accountPages,
  ...activationPages,
  ...notMePages,
  ...trustPages,
  ...passkeyPages,
  ...secondFactorPages,
  ...totpPages,
  ...standInPages,
  ...mailCodePages,
  { name: 'welcome', heading: '京都大学のサービスへ', open: (page, { issuer }) => page.goto(issuer) },
  { name: 'login', heading: 'KULASIS へのログイン', open: (page, { kulasis }) => openLogin(page, kulasis) },
  {
    name: 'portal login',
    heading: '統合認証システムへのログイン',
    open: (page, { issuer }) => page.goto(`${issuer}/login`),
  },
  {
    name: 'wrong password',
    heading: 'エラー: KULASIS へのログイン',
    async open(page, stage) {
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, student, 'not the password');
    },
  },
  {
    name: 'nothing typed',
    heading: 'エラー: KULASIS へのログイン',
    async open(page, stage) {
      await openLogin(page, stage.kulasis);
      await send(page);
    },
  },
  {
    name: 'throttled',
    heading: 'エラー: KULASIS へのログイン',
    async open(page, stage) {
      await openLogin(page, stage.kulasis);
      for (let round = 0; round < 7; round += 1) await typeAndSend(page, student, `guess ${round}`);
    },
  },
  {
    name: 'password again',
    heading: 'もう一度ログインしてください',
    open: (page, stage) => askAgain(page, stage, { prompt: 'login' }),
  },
  {
    name: 'choose account',
    heading: 'アカウントを選んでください',
    open: (page, stage) => askAgain(page, stage, { prompt: 'select_account' }),
  },
  { name: 'rules of use', heading: '全学アカウントの利用にあたって', open: refusedLogin(manyRoles) },
  {
    name: 'consent',
    heading: 'MyKULINE に送る情報の確認',
    async open(page, stage) {
      await askConsent(stage, 'mykuline');
      await openLogin(page, stage.mykuline);
      await typeAndSend(page, student);
    },
  },
  { name: 'not for staff', heading: 'KULASIS は、このアカウントでは利用できません', open: refusedLogin(staff) },
  { name: 'suspended', heading: 'このアカウントは停止しています', open: refusedLogin(suspended) },
  { name: 'expired', heading: 'このアカウントの有効期限が過ぎています', open: refusedLogin(expired) },
  {
    name: 'service suspended meanwhile',
    heading: 'KULASIS へのログインは停止しています',
    async open(page, stage) {
      await openLogin(page, stage.kulasis);
      await suspendService(stage, 'kulasis');
      await typeAndSend(page, student);
    },
  },
  {
    name: 'services',
    heading: 'サービス一覧',
    async open(page, stage) {
      await logIn(page, stage.mykuline, student);
      await page.goto(stage.issuer);
      await page.locator('.tile summary').first().click();
    },
  },
  {
    name: 'services of somebody with a long name',
    heading: 'サービス一覧',
    async open(page, stage) {
      await page.goto(`${stage.issuer}/login`);
      await typeAndSend(page, manyRoles);
      await send(page);
    },
  },
  {
    name: 'log-out asked by a service',
    heading: 'ログアウトしますか',
    async open(page, stage) {
      await logIn(page, stage.kulasis, student);
      await page.getByTestId('logout').click();
      await page.waitForURL(`${stage.issuer}/**`);
    },
  },
  {
    name: 'log-out',
    heading: 'ログアウトしますか',
    async open(page, stage) {
      await logIn(page, stage.kulasis, student);
      await page.goto(`${stage.issuer}/logout`);
    },
  },
  {
    name: 'log-out under way',
    heading: 'ログアウトしました',
    async open(page, stage) {
      await logIn(page, stage.kulasis, student);
      await page.goto(`${stage.issuer}/logout`);
      await send(page);
    },
  },
  { name: 'logged out', heading: 'ログアウトしました', open: (page, { issuer }) => page.goto(`${issuer}/logout/done`) },
  { name: 'help', heading: 'ログインでお困りのとき', open: (page, { issuer }) => page.goto(`${issuer}/help`) },
  {
    name: 'no such page',
    heading: 'ページが見つかりません',
    open: (page, { issuer }) => page.goto(`${issuer}/nowhere`),
  },
  {
    name: 'unknown service',
    heading: '接続が登録されていないサービスです',
    open: (page, stage) =>
      page.goto(request(stage, { client_id: 'nobody', redirect_uri: 'https://nobody.example/callback' })),
  },
  {
    name: 'service sends people elsewhere',
    heading: 'サービスからの要求を受け付けられませんでした',
    open: (page, stage) =>
      page.goto(request(stage, { client_id: 'kulasis', redirect_uri: 'https://elsewhere.example/callback' })),
  },
  {
    name: 'suspended service',
    heading: 'このサービスへのログインは停止しています',
    async open(page, stage) {
      await suspendService(stage, 'kulasis');
      await page.goto(request(stage, { client_id: 'kulasis', redirect_uri: `${stage.kulasis}/callback` }));
    },
  },
  {
    name: 'login that has ended',
    heading: 'ログイン手続きの有効時間が過ぎました',
    open: (page, { issuer }) => page.goto(`${issuer}/login/${'x'.repeat(43)}`),
  },
  {
    name: 'login of another browser',
    heading: 'このログインは別のブラウザで始められています',
    async open(page, stage) {
      await openLogin(page, stage.kulasis);
      await page.context().clearCookies({ name: 'sekisho-browser' });
      await page.reload();
    },
  },
  {
    name: 'form kept open too long',
    heading: '画面の有効時間が過ぎました',
    async open(page, stage) {
      await openLogin(page, stage.kulasis);
      await page.context().clearCookies({ name: 'sekisho-browser' });
      await typeAndSend(page, student);
    },
  },
  {
    name: 'first administrator',
    heading: '最初の管理者のパスワード設定',
    open: async (page, { issuer, sekisho }) =>
      page.goto(`${issuer}/setup/${await issueSetupLink(sekisho.ground.world)}`),
  },
  {
    name: 'first administrator refused',
    heading: 'エラー: 最初の管理者のパスワード設定',
    async open(page, { issuer, sekisho }) {
      await page.goto(`${issuer}/setup/${await issueSetupLink(sekisho.ground.world)}`);
      await page.locator('[name=password]').fill('abc');
      await page.locator('[name=repeated]').fill('abc');
      await send(page);
    },
  },
  {
    name: 'first administrator set',
    heading: 'パスワードを設定しました',
    async open(page, { issuer, sekisho }) {
      await page.goto(`${issuer}/setup/${await issueSetupLink(sekisho.ground.world)}`);
      await page.locator('[name=password]').fill('Nanzen29jiSui');
      await page.locator('[name=repeated]').fill('Nanzen29jiSui');
      await send(page);
    },
  },
  {
    name: 'setup link used',
    heading: 'この設定用リンクは使えません',
    open: (page, { issuer }) => page.goto(`${issuer}/setup/${'x'.repeat(43)}`),
  },
];
