/** Recovery codes, and the pass of a desk: how a person comes to see their pages. */
import type { Page } from 'playwright-core';
import { hours } from '../../src/base/duration.ts';
import { resetDesk } from '../../src/core/access/reset-desk.ts';
import { planNewRecoveryCodes } from '../../src/core/credentials/recovery-codes.ts';
import { planTemporaryPass } from '../../src/core/credentials/temporary-pass.ts';
import { type Account, accountByLoginName } from '../../src/core/people/account.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, student } from './stage.ts';
import { giveCode, givePassword, withApp } from './totp-pages.ts';
import { send } from './visit.ts';

const operator = { kind: 'operator', id: 'desk-1' } as const;

async function owner({ sekisho }: Stage): Promise<Account> {
  const account = await accountByLoginName(sekisho.ground.world.store, student);
  if (!account) throw new Error('the demonstration has changed');
  return account;
}

/** KULASIS requires a second factor; the student has an app, and ten codes on paper. */
export async function withCodes(stage: Stage): Promise<readonly string[]> {
  await withApp(stage);
  const { world, codeDigest } = stage.sekisho.ground;
  const { codes, writes } = await planNewRecoveryCodes(world, codeDigest, operator, (await owner(stage)).id);
  await world.store.commit(writes);
  return codes;
}

/** The telephone is at home: by the password, and past the app, to the recovery code. */
export async function askForCode(page: Page, stage: Stage): Promise<void> {
  await givePassword(page, stage);
  for (const choice of ['another', 'recovery-code']) {
    const pressed = page.locator(`[name=choice][value=${choice}]`).click();
    await Promise.all([page.waitForEvent('domcontentloaded'), pressed]);
  }
}

/** The telephone is gone for good: two people at the desk reset the factors, and one of them gives a pass. */
export async function visitDesk(stage: Stage): Promise<string> {
  const { ground } = stage.sekisho;
  const { world, codeDigest } = ground;
  const account = await owner(stage);
  const clerk = (name: string, id: string) => resetDesk(world, ground, { name, actor: { kind: 'operator', id } });
  await clerk('山田 太郎', 'yamada').ask(account, '紛失');
  const found = await clerk('鈴木 一郎', 'suzuki').confirmation(account);
  if (found.kind !== 'open') throw new Error(`nothing to confirm: ${found.kind}`);
  await found.confirm();
  const giving = { account, seenBy: '山田 太郎', expiresAt: world.clock.now() + hours(24) };
  const { pass, writes } = await planTemporaryPass(world, codeDigest, operator, giving);
  await world.store.commit(writes);
  return pass;
}

async function askForPass(page: Page, stage: Stage): Promise<void> {
  await withApp(stage);
  await visitDesk(stage);
  await givePassword(page, stage);
}

export const standInPages: readonly ShownPage[] = [
  {
    name: 'recovery code',
    heading: 'リカバリーコードの入力',
    async open(page, stage) {
      await withCodes(stage);
      await askForCode(page, stage);
    },
  },
  {
    name: 'recovery code, wrong',
    heading: 'エラー: リカバリーコードの入力',
    async open(page, stage) {
      await withCodes(stage);
      await askForCode(page, stage);
      await giveCode(page, '2222-2222-2222');
    },
  },
  {
    name: 'recovery codes left',
    heading: 'リカバリーコードを使いました',
    async open(page, stage) {
      const [code = ''] = await withCodes(stage);
      await askForCode(page, stage);
      await giveCode(page, code);
    },
  },
  { name: 'temporary pass', heading: '一時パスの入力', open: askForPass },
  {
    name: 'temporary pass, none',
    heading: 'エラー: 一時パスの入力',
    async open(page, stage) {
      await askForPass(page, stage);
      await send(page);
    },
  },
];
