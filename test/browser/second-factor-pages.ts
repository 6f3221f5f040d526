/** The pages of the second factor that belong to no kind of it, and how a person comes to see each. */
import type { Page } from 'playwright-core';
import { type Connection, connections } from '../../src/core/connections/connection.ts';
import { replace } from '../../src/store/port.ts';
import { authenticatorApp } from '../support/authenticator-app.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, tooLate } from './stage.ts';
import { beforeSettingUp, chooseApp, giveCode, givePassword, withApp } from './totp-pages.ts';
import { openLogin, typeAndSend, wordsOf } from './visit.ts';

async function require({ sekisho }: Stage, requiredLevel: NonNullable<Connection['requiredLevel']>): Promise<void> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, 'kulasis');
  if (connection) await store.commit([replace(connections, { ...connection, requiredLevel })]);
}

const choose = (page: Page, choice: string) =>
  Promise.all([page.waitForEvent('domcontentloaded'), page.locator(`[name=choice][value="${choice}"]`).click()]);

export const secondFactorPages: readonly ShownPage[] = [
  {
    name: 'choosing another factor',
    heading: '認証方法を選んでください',
    async open(page, stage) {
      await withApp(stage);
      await givePassword(page, stage);
      await choose(page, 'another');
    },
  },
  {
    name: 'choosing what to set up',
    heading: '多要素認証の設定',
    async open(page, stage) {
      await beforeSettingUp(stage);
      await givePassword(page, stage);
    },
  },
  {
    name: 'recovery codes',
    heading: 'リカバリーコードを保管してください',
    async open(page, stage) {
      await chooseApp(page, stage);
      const key = await wordsOf(page.getByTestId('totp-key'));
      await giveCode(page, authenticatorApp(key).codeAt(Date.now()));
    },
  },
  {
    name: 'no second factor, and no time left to set one up',
    heading: '多要素認証の設定が必要です',
    async open(page, stage) {
      await require(stage, 'mfa');
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, tooLate);
    },
  },
  {
    name: 'a second factor that will not do',
    heading: 'このアカウントの認証方法では利用できません',
    async open(page, stage) {
      await withApp(stage);
      await require(stage, 'phishing-resistant');
      await givePassword(page, stage);
    },
  },
];
