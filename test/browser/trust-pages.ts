/** KULASIS requires a second factor, and lets a browser do that its owner trusts. */
import { connections } from '../../src/core/connections/connection.ts';
import { replace } from '../../src/store/port.ts';
import type { ShownPage } from './every-page.ts';
import type { Stage } from './stage.ts';
import { givePassword, withApp } from './totp-pages.ts';

export async function allowTrust(stage: Stage): Promise<void> {
  await withApp(stage);
  const { store } = stage.sekisho.ground.world;
  const kulasis = await store.get(connections, 'kulasis');
  if (kulasis) await store.commit([replace(connections, { ...kulasis, trustedBrowser: 'policy' })]);
}

export const trustPages: readonly ShownPage[] = [
  {
    name: 'code of an app, with the box for this browser',
    heading: '認証アプリのコードの入力',
    async open(page, stage) {
      await allowTrust(stage);
      await givePassword(page, stage);
      await page.locator('[name=trust]').check();
    },
  },
];
