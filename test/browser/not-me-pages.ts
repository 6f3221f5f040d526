/** What is behind the link of a warning, and how a person comes to see it. */
import type { Page } from 'playwright-core';
import { planAccountMail } from '../../src/core/notices/account-mail.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { lastNotMeToken } from '../core/notices/owed-mails.ts';
import type { ShownPage } from './every-page.ts';
import { type Stage, student } from './stage.ts';
import { openLogin, send, typeAndSend } from './visit.ts';

/** A warning goes out; answers the address in it. */
export async function warn({ sekisho, issuer }: Stage): Promise<string> {
  const { world, masterKey } = sekisho.ground;
  const account = await accountByLoginName(world.store, student);
  const person = account && (await world.store.get(people, account.personId));
  if (!account || !person) throw new Error('no student');
  await world.store.commit(
    await planAccountMail(world, masterKey, { account, person }, { type: 'new_device_sign_in', address: '192.0.2.1' }),
  );
  return `${issuer}/not-me/${await lastNotMeToken(world.store, masterKey)}`;
}

const report = async (page: Page, stage: Stage): Promise<void> => {
  await page.goto(await warn(stage));
  await send(page);
};

export const notMePages: readonly ShownPage[] = [
  {
    name: 'not me',
    heading: 'この操作に心当たりがありませんか',
    open: async (page, stage) => page.goto(await warn(stage)),
  },
  { name: 'account stopped by its owner', heading: 'アカウントを停止しました', open: report },
  {
    name: 'login to an account that its owner has stopped',
    heading: 'このアカウントは、お申し出により停止しています',
    async open(page, stage) {
      await report(page, stage);
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, student);
    },
  },
  {
    name: 'not me, too late',
    heading: 'このリンクは使えません',
    open: (page, { issuer }) => page.goto(`${issuer}/not-me/${'x'.repeat(43)}`),
  },
];
