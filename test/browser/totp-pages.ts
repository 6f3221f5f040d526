/** The pages of an authenticator app, and how a person comes to see each. */
import type { Page } from 'playwright-core';
import { connections } from '../../src/core/connections/connection.ts';
import { credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import { type Account, accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { insert, remove, replace, type Stored } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, student } from './stage.ts';
import { openLogin, send, typeAndSend } from './visit.ts';

/** The app that `withApp` gives the student. */
export const app = authenticatorApp(sampleSecret);

async function requireSecondFactor({ sekisho }: Stage): Promise<Stored<Account>> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, 'kulasis');
  const account = await accountByLoginName(store, student);
  if (!connection || !account) throw new Error('the demonstration has changed');
  const { records } = await store.find(credentials, { index: 'byAccount', equals: [account.id] });
  const factors = records.filter(({ kind }) => kind !== 'password');
  await store.commit([
    replace(connections, { ...connection, requiredLevel: 'mfa' }),
    ...factors.map(({ id }) => remove(credentials, id)),
  ]);
  return account;
}

/** KULASIS requires a second factor, and the student has an app and nothing else. */
export async function withApp(stage: Stage): Promise<void> {
  const { id } = await requireSecondFactor(stage);
  const { world, masterKey } = stage.sekisho.ground;
  await world.store.commit([insert(credentials, heldApp(masterKey, id))]);
}

/** KULASIS requires a second factor; the student has none, and got the key from the desk a moment ago. */
export async function beforeSettingUp(stage: Stage): Promise<void> {
  const account = await requireSecondFactor(stage);
  const { store, clock } = stage.sekisho.ground.world;
  await store.commit([replace(accounts, { ...account, activation: { at: clock.now(), handed: 'in-person' } })]);
}

/** By the password to the page after it. */
export async function givePassword(page: Page, stage: Stage): Promise<void> {
  await openLogin(page, stage.kulasis);
  await typeAndSend(page, student);
}

/** One that is not the app's, now or soon. */
export const wrongCode = (): string => {
  const right = [-30_000, 0, 30_000, 60_000].map((later) => app.codeAt(Date.now() + later));
  return ['000000', '111111', '222222', '333333', '444444'].find((code) => !right.includes(code)) ?? '';
};

export async function giveCode(page: Page, code: string): Promise<void> {
  await page.locator('[name=code]').fill(code);
  await send(page);
}

export async function chooseApp(page: Page, stage: Stage): Promise<void> {
  await beforeSettingUp(stage);
  await givePassword(page, stage);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[name=choice][value=totp]').click()]);
}

export const totpCount = async ({ sekisho }: Stage): Promise<number> => {
  const { store } = sekisho.ground.world;
  const account = await accountByLoginName(store, student);
  const held = account ? await credentialsOf(store, account.id) : [];
  return held.filter(({ kind }) => kind === 'totp').length;
};

export const totpPages: readonly ShownPage[] = [
  {
    name: 'code of an app',
    heading: '認証アプリのコードの入力',
    async open(page, stage) {
      await withApp(stage);
      await givePassword(page, stage);
    },
  },
  {
    name: 'code of an app, wrong',
    heading: 'エラー: 認証アプリのコードの入力',
    async open(page, stage) {
      await withApp(stage);
      await givePassword(page, stage);
      await giveCode(page, wrongCode());
    },
  },
  {
    name: 'code of an app, none',
    heading: 'エラー: 認証アプリのコードの入力',
    async open(page, stage) {
      await withApp(stage);
      await givePassword(page, stage);
      await send(page);
    },
  },
  {
    name: 'code of an app, throttled',
    heading: 'エラー: 認証アプリのコードの入力',
    async open(page, stage) {
      await withApp(stage);
      await givePassword(page, stage);
      for (let round = 0; round < 6; round += 1) await giveCode(page, wrongCode());
    },
  },
  { name: 'setting up an app', heading: '認証アプリの設定', open: chooseApp },
  {
    name: 'setting up an app, by hand after a wrong code',
    heading: 'エラー: 認証アプリの設定',
    async open(page, stage) {
      await chooseApp(page, stage);
      await giveCode(page, '12345');
      await page.locator('summary').first().click();
    },
  },
];
