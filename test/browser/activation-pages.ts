/** The pages of an activation, and how a person comes to see each. */
import type { Page } from 'playwright-core';
import { days } from '../../src/base/duration.ts';
import { planActivationKey } from '../../src/core/credentials/activation/issue-activation-key.ts';
import { accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { replace } from '../../src/store/port.ts';
import type { ShownPage } from './every-page.ts';
import { neverActivated, type Stage, student, suspended } from './stage.ts';
import { send } from './visit.ts';

export async function typeKey(page: Page, stage: Stage, key = stage.activationKey, id = neverActivated): Promise<void> {
  await page.goto(`${stage.issuer}/activate`);
  await page.locator('[name=username]').fill(id);
  await page.locator('[name=key]').fill(key);
  await send(page);
}

export async function choosePassword(page: Page, password: string, repeated = password): Promise<void> {
  const accept = page.locator('[name=accept]');
  if ((await accept.count()) > 0) await accept.check();
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=repeated]').fill(repeated);
  await send(page);
}

export async function issueKey({ sekisho }: Stage, loginName: string): Promise<string> {
  const { world, codeDigest } = sekisho.ground;
  const account = await accountByLoginName(world.store, loginName);
  if (!account) throw new Error(`nobody is called ${loginName}`);
  const issue = { account, handed: 'post', expiresAt: world.clock.now() + days(31) } as const;
  const { key, writes } = await planActivationKey(world, codeDigest, { kind: 'operator', id: 'test' }, issue);
  await world.store.commit(writes);
  return key;
}

const wrongKey = async (stage: Stage): Promise<string> => issueKey(stage, student);

async function endAccount({ sekisho }: Stage, loginName: string): Promise<void> {
  const { store } = sekisho.ground.world;
  const account = await accountByLoginName(store, loginName);
  if (account) await store.commit([replace(accounts, { ...account, expiresAt: 1 })]);
}

export const activationPages: readonly ShownPage[] = [
  {
    name: 'activation',
    heading: 'アカウントの有効化',
    open: (page, { issuer }) => page.goto(`${issuer}/activate?id=${neverActivated}`),
  },
  {
    name: 'activation with nothing typed',
    heading: 'エラー: アカウントの有効化',
    async open(page, { issuer }) {
      await page.goto(`${issuer}/activate`);
      await send(page);
    },
  },
  {
    name: 'activation with a slip',
    heading: 'エラー: アカウントの有効化',
    open: (page, stage) => typeKey(page, stage, stage.activationKey.slice(1)),
  },
  {
    name: 'activation with a wrong key',
    heading: 'エラー: アカウントの有効化',
    open: async (page, stage) => typeKey(page, stage, await wrongKey(stage)),
  },
  {
    name: 'activation throttled',
    heading: 'エラー: アカウントの有効化',
    async open(page, stage) {
      const key = await wrongKey(stage);
      for (let tries = 0; tries < 6; tries += 1) await typeKey(page, stage, key);
    },
  },
  {
    name: 'activation of a suspended account',
    heading: 'このアカウントは停止しています',
    open: async (page, stage) => typeKey(page, stage, await issueKey(stage, suspended), suspended),
  },
  {
    name: 'activation of an expired account',
    heading: 'このアカウントの有効期限が過ぎています',
    async open(page, stage) {
      await endAccount(stage, neverActivated);
      await typeKey(page, stage);
    },
  },
  { name: 'activation, password', heading: 'パスワードの設定', open: (page, stage) => typeKey(page, stage) },
  {
    name: 'activation, password refused',
    heading: 'エラー: パスワードの設定',
    async open(page, stage) {
      await typeKey(page, stage);
      await page.locator('[name=password]').fill('satsuki');
      await page.locator('[name=repeated]').fill('satsuki');
      await send(page);
    },
  },
  {
    name: 'activated',
    heading: 'アカウントを有効化しました',
    async open(page, stage) {
      await typeKey(page, stage);
      await choosePassword(page, 'Nanzen29jiSui');
    },
  },
  {
    name: 'activated before',
    heading: 'アカウントを有効化しました',
    async open(page, stage) {
      await typeKey(page, stage);
      await choosePassword(page, 'Nanzen29jiSui');
      await page.goto(`${page.url()}?again`);
    },
  },
  {
    name: 'new password by a key',
    heading: '新しいパスワードの設定',
    open: async (page, stage) => typeKey(page, stage, await issueKey(stage, student), student),
  },
  {
    name: 'new password by a key, set',
    heading: '新しいパスワードを設定しました',
    async open(page, stage) {
      await typeKey(page, stage, await issueKey(stage, student), student);
      await choosePassword(page, 'Nanzen29jiSui');
    },
  },
  {
    name: 'key replaced meanwhile',
    heading: 'この有効化キーは使えなくなりました',
    async open(page, stage) {
      await typeKey(page, stage);
      await issueKey(stage, neverActivated);
      await page.reload();
    },
  },
  {
    name: 'activation that has ended',
    heading: '有効化の手続きの有効時間が過ぎました',
    open: (page, { issuer }) => page.goto(`${issuer}/activate/${'x'.repeat(43)}`),
  },
];
