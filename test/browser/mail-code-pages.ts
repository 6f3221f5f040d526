/** The pages of a mailed code, and how a person comes to see each. */
import type { Page } from 'playwright-core';
import { credentials } from '../../src/core/credentials/credential.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { insert } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { lastCode, otherThan } from '../login/mailed-codes.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, student } from './stage.ts';
import { beforeSettingUp, giveCode, givePassword } from './totp-pages.ts';
import { send } from './visit.ts';

export const mailAddress = 'hanako@example.com';

/** A mail server that is named and does not answer, unless a port is given: codes wait in the outbox. */
export const mailSettings = (port = 9): Readonly<Record<string, string>> => ({
  SEKISHO__MAIL__HOST: '127.0.0.1',
  SEKISHO__MAIL__PORT: String(port),
  SEKISHO__MAIL__SECURITY: 'none',
  SEKISHO__MAIL__FROM: 'no-reply@sekisho.example',
});

/** KULASIS requires a second factor, and the student has an address and nothing else. */
export async function withAddress(stage: Stage): Promise<void> {
  await beforeSettingUp(stage);
  const { store } = stage.sekisho.ground.world;
  const account = await accountByLoginName(store, student);
  if (!account) throw new Error('the demonstration has changed');
  await store.commit([
    insert(credentials, sampleCredential('mail-code', { accountId: account.id, address: mailAddress })),
  ]);
}

export const codeIn = ({ sekisho }: Stage): Promise<string> => lastCode(sekisho.ground);

export async function chooseAddress(page: Page, stage: Stage): Promise<void> {
  await beforeSettingUp(stage);
  await givePassword(page, stage);
  await press(page, 'mail-code');
}

export const press = async (page: Page, choice: string): Promise<void> => {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(`[name=choice][value="${choice}"]`).click()]);
};

export async function giveAddress(page: Page, address: string): Promise<void> {
  await page.locator('[name=address]').fill(address);
  await send(page);
}

async function arrive(page: Page, stage: Stage): Promise<void> {
  await withAddress(stage);
  await givePassword(page, stage);
}

export const mailCodePages: readonly ShownPage[] = [
  { name: 'code by mail', heading: 'メールで届く認証コードの入力', open: arrive },
  {
    name: 'code by mail, wrong',
    heading: 'エラー: メールで届く認証コードの入力',
    async open(page, stage) {
      await arrive(page, stage);
      await giveCode(page, otherThan(await codeIn(stage)));
    },
  },
  {
    name: 'code by mail, asked for again too soon',
    heading: 'エラー: メールで届く認証コードの入力',
    async open(page, stage) {
      await arrive(page, stage);
      await page.locator('summary', { hasText: 'メールが届かないとき' }).click();
      await press(page, 'resend');
    },
  },
  {
    name: 'code by mail, tried too often',
    heading: 'エラー: メールで届く認証コードの入力',
    async open(page, stage) {
      await arrive(page, stage);
      const wrong = otherThan(await codeIn(stage));
      for (let round = 0; round < 5; round += 1) await giveCode(page, wrong);
    },
  },
  { name: 'registering an address', heading: '通知用メールアドレスの登録', open: chooseAddress },
  {
    name: 'registering an address of the university',
    heading: 'エラー: 通知用メールアドレスの登録',
    async open(page, stage) {
      await chooseAddress(page, stage);
      await giveAddress(page, 'hanako@st.kyoto-u.ac.jp');
    },
  },
  {
    name: 'registering an address, confirming it',
    heading: 'エラー: 通知用メールアドレスの登録',
    async open(page, stage) {
      await chooseAddress(page, stage);
      await giveAddress(page, mailAddress);
      await giveCode(page, '123');
    },
  },
];
