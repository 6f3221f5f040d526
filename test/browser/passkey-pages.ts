/** The pages with a passkey on them, and how a person comes to see each. */
import type { Page } from 'playwright-core';
import { credentials, credentialsOf, type PasskeyCredential } from '../../src/core/credentials/credential.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { remove, type Stored } from '../../src/store/port.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, student } from './stage.ts';
import { beforeSettingUp, givePassword } from './totp-pages.ts';
import { plugIn, type VirtualAuthenticator } from './virtual-authenticator.ts';
import { openLogin, send } from './visit.ts';

/** Until the page on which a passkey is made. */
export async function choosePasskey(page: Page, stage: Stage): Promise<VirtualAuthenticator> {
  const authenticator = await plugIn(page);
  await beforeSettingUp(stage);
  await givePassword(page, stage);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[name=choice][value=passkey]').click()]);
  return authenticator;
}

/** In the middle of a login to KULASIS, until KULASIS says whom it knows. */
export async function makePasskey(page: Page, stage: Stage): Promise<VirtualAuthenticator> {
  const authenticator = await choosePasskey(page, stage);
  await send(page);
  await page.locator('h1', { hasText: /リカバリーコード|recovery codes/ }).waitFor();
  await send(page);
  await page.getByTestId('name').waitFor();
  return authenticator;
}

/** The same device, days later: nobody is signed in anywhere, and nobody touches it yet. */
export async function comeBack(page: Page, authenticator: VirtualAuthenticator): Promise<void> {
  await authenticator.setPresence(false);
  await page.context().clearCookies();
}

export async function passkeysHeld({ sekisho }: Stage): Promise<readonly Stored<PasskeyCredential>[]> {
  const { store } = sekisho.ground.world;
  const account = await accountByLoginName(store, student);
  const held = account ? await credentialsOf(store, account.id) : [];
  return held.filter((credential): credential is Stored<PasskeyCredential> => credential.kind === 'passkey');
}

export async function removePasskeys(stage: Stage): Promise<void> {
  const held = await passkeysHeld(stage);
  await stage.sekisho.ground.world.store.commit(held.map(({ id }) => remove(credentials, id)));
}

export const passkeyPages: readonly ShownPage[] = [
  { name: 'making a passkey', heading: 'パスキーの作成', open: choosePasskey },
  {
    name: 'making a passkey, not recognised',
    heading: 'パスキーの作成',
    async open(page, stage) {
      const authenticator = await choosePasskey(page, stage);
      await authenticator.setRecognition(false);
      await page.getByTestId('continue').click();
      await page.locator('[data-passkey-says=cancelled]:visible').waitFor();
    },
  },
  {
    name: 'passkey as second factor',
    heading: 'パスキーで確認してください',
    async open(page, stage) {
      const authenticator = await makePasskey(page, stage);
      await comeBack(page, authenticator);
      await givePassword(page, stage);
    },
  },
  {
    name: 'passkey that was removed',
    heading: 'エラー: KULASIS へのログイン',
    async open(page, stage) {
      const authenticator = await makePasskey(page, stage);
      await comeBack(page, authenticator);
      await removePasskeys(stage);
      await openLogin(page, stage.kulasis);
      await authenticator.setPresence(true);
      await page.locator('[data-passkey-begins]').click();
      await page.locator('#passkey-problem').waitFor();
      await authenticator.setPresence(false);
    },
  },
];
