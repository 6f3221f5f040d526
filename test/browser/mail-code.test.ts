/** A code by mail on the way to KULASIS, in Chromium. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { otherThan } from '../login/mailed-codes.ts';
import { openSmtp, type SmtpStage } from '../mail/smtp-stage.ts';
import { describeVisits } from './describe-visits.ts';
import {
  chooseAddress,
  codeIn,
  giveAddress,
  mailAddress,
  mailSettings,
  press,
  withAddress,
} from './mail-code-pages.ts';
import { openStage, type Stage } from './stage.ts';
import { giveCode, givePassword } from './totp-pages.ts';
import { overflow, send, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const focused = (page: Page) => page.evaluate<string>('document.activeElement.name ?? ""');
const goOn = async (page: Page) => wordsOf(page.getByTestId('name'));
const withMail = (): Promise<Stage> => openStage({ environment: mailSettings() });

describeVisits(
  'a code by mail on a phone',
  (scene) => {
    it('has the focus, takes what is pasted, and leads on to KULASIS', async () => {
      const { page, stage } = scene();
      await withAddress(stage);
      await givePassword(page, stage);
      expect(await wordsOf(page.locator('main'))).toContain('h***@example.com');
      expect(await focused(page)).toBe('code');
      expect(await overflow(page)).toBe(0);
      const code = await codeIn(stage);
      await giveCode(page, ` ${code.slice(0, 4)} ${code.slice(4)} `);
      expect(await goOn(page)).toContain('京都 花子');
    });

    it('tells after a mistake how many tries are left, with the field', async () => {
      const { page, stage } = scene();
      await withAddress(stage);
      await givePassword(page, stage);
      await giveCode(page, otherThan(await codeIn(stage)));
      expect(await focused(page)).toBe('code');
      expect(await page.locator('[name=code]').getAttribute('aria-describedby')).toContain('problem');
      expect(await wordsOf(page.locator('#problem'))).toContain('あと4回入力できます');
      await giveCode(page, await codeIn(stage));
      expect(await goOn(page)).toContain('京都 花子');
    });

    it('registers an address after a mistyped one, keeps what was typed, and goes on to KULASIS', async () => {
      const { page, stage } = scene();
      await chooseAddress(page, stage);
      expect(await focused(page)).toBe('address');
      await giveAddress(page, 'hanako@mail.kyoto-u.ac.jp');
      expect(await page.locator('[name=address]').inputValue()).toBe('hanako@mail.kyoto-u.ac.jp');
      expect(await wordsOf(page.locator('#problem'))).toContain('大学のメールアドレスは登録できません');
      await giveAddress(page, 'hanako@example.con');
      await press(page, 'change');
      expect(await page.locator('[name=address]').inputValue()).toBe('hanako@example.con');
      await giveAddress(page, mailAddress);
      expect(await wordsOf(page.locator('main'))).toContain(mailAddress);
      await giveCode(page, await codeIn(stage));
      expect(await wordsOf(page.locator('h1'))).toContain('リカバリーコード');
      await send(page);
      expect(await goOn(page)).toContain('京都 花子');
    });
  },
  { browser: phone, stage: withMail },
);

describeVisits(
  'a code by mail without JavaScript, in English',
  (scene) => {
    it('is told when it may be sent again', async () => {
      const { page, stage } = scene();
      await withAddress(stage);
      await givePassword(page, stage);
      await page.locator('summary', { hasText: 'If the mail does not arrive' }).click();
      await press(page, 'resend');
      expect(await wordsOf(page.locator('#problem'))).toMatch(
        /The next mail can be sent in (?:1 minute|\d+ seconds)\./,
      );
      await giveCode(page, await codeIn(stage));
      expect(await goOn(page)).toContain('京都 花子');
    });
  },
  { browser: { javaScriptEnabled: false, locale: 'en-GB' }, stage: withMail },
);

let smtp: SmtpStage;
describeVisits(
  'a code by mail over a mail server',
  (scene) => {
    it('arrives while the page waits for it', async () => {
      const { page, stage } = scene();
      const arrived = new Promise<string>((resolve) => {
        smtp.refuseMail = ({ text = '' }) => {
          const [, code] = /^認証コード：(\d{8})$/m.exec(text) ?? [];
          if (code !== undefined) resolve(code);
          return undefined;
        };
      });
      await withAddress(stage);
      await givePassword(page, stage);
      await giveCode(page, await arrived);
      expect(await goOn(page)).toContain('京都 花子');
    });
  },
  {
    async stage() {
      smtp = await openSmtp();
      const stage = await openStage({ environment: mailSettings(smtp.port) });
      return {
        ...stage,
        async close() {
          await stage.close();
          await smtp.close();
        },
      };
    },
  },
);
