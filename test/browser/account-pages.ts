/** A person's own pages as they are come to, for what must hold of every page. */
import type { Page } from 'playwright-core';
import { credentials } from '../../src/core/credentials/credential.ts';
import { accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { insert, replace } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, student } from './stage.ts';
import { send, typeAndSend } from './visit.ts';

const app = authenticatorApp(sampleSecret);

const accountOf = async ({ sekisho }: Stage, loginName = student) => {
  const account = await accountByLoginName(sekisho.ground.world.store, loginName);
  if (!account) throw new Error(`nobody is called ${loginName}`);
  return account;
};

/** As if set up a while ago; all have the same secret. */
export async function holdApps(stage: Stage, ...names: readonly string[]): Promise<void> {
  const { world, masterKey } = stage.sekisho.ground;
  const { id } = await accountOf(stage);
  const held = names.map((name, at) => heldApp(masterKey, id, { id: `app-${at}`, name, addedAt: at }));
  await world.store.commit(held.map((factor) => insert(credentials, factor)));
}

export async function openWindow(stage: Stage): Promise<void> {
  const { world } = stage.sekisho.ground;
  const activation = { at: world.clock.now(), handed: 'in-person' as const };
  await world.store.commit([replace(accounts, { ...(await accountOf(stage)), activation })]);
}

/** Gives what is asked for (the password, a code) until a page asks for neither. */
export async function prove(page: Page, stage: Stage, loginName = student): Promise<void> {
  for (let steps = 0; steps < 3; steps += 1) {
    if ((await page.locator('[name=step][value=password]').count()) > 0) await typeAndSend(page, loginName);
    else if ((await page.locator('[name=step][value=totp]').count()) > 0) {
      await page.locator('[name=code]').fill(app.codeAt(stage.sekisho.ground.world.clock.now()));
      await send(page);
    }
  }
}

export async function openOwn(page: Page, stage: Stage, path: string): Promise<void> {
  await page.goto(`${stage.issuer}${path}`);
  await prove(page, stage);
}

export const accountPages: readonly ShownPage[] = [
  {
    name: 'account without a second factor',
    heading: 'アカウント',
    open: (page, stage) => openOwn(page, stage, '/account'),
  },
  {
    name: 'account with factors',
    heading: 'アカウント',
    async open(page, stage) {
      await holdApps(stage, '私のスマートフォン', '研究室のタブレット');
      await openOwn(page, stage, '/account');
    },
  },
  {
    name: 'factors within the window',
    heading: '認証方法',
    async open(page, stage) {
      await openWindow(stage);
      await openOwn(page, stage, '/account/factors');
    },
  },
  {
    name: 'factors',
    heading: '認証方法',
    async open(page, stage) {
      await holdApps(stage, '私のスマートフォン', '研究室のタブレット');
      await openOwn(page, stage, '/account/factors?deed=added');
    },
  },
  {
    name: 'factor',
    heading: 'ワンタイムパスワード(認証アプリ)の設定',
    async open(page, stage) {
      await holdApps(stage, '私のスマートフォン', '研究室のタブレット');
      await openOwn(page, stage, '/account/factors/app-1');
    },
  },
  {
    name: 'factor without a name',
    heading: 'エラー: ワンタイムパスワード(認証アプリ)の設定',
    async open(page, stage) {
      await holdApps(stage, '私のスマートフォン');
      await openOwn(page, stage, '/account/factors/app-0');
      await page.locator('#name').fill(' ');
      await send(page);
    },
  },
  {
    name: 'sessions and devices',
    heading: 'ログイン中の端末',
    open: (page, stage) => openOwn(page, stage, '/account/sessions'),
  },
  {
    name: 'activity',
    heading: '利用履歴',
    open: (page, stage) => openOwn(page, stage, '/account/activity'),
  },
  {
    name: 'change of the password',
    heading: 'パスワードの変更',
    open: (page, stage) => openOwn(page, stage, '/account/password'),
  },
  {
    name: 'change of the password, refused',
    heading: 'エラー: パスワードの変更',
    async open(page, stage) {
      await openOwn(page, stage, '/account/password');
      await page.locator('[name=current]').fill('wrong');
      await page.locator('[name=password]').fill('short');
      await page.locator('[name=repeated]').fill('shorter');
      await send(page);
    },
  },
];
