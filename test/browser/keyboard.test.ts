import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeVisits } from './describe-visits.ts';
import { manyRoles, passwordOf, student } from './stage.ts';

/** Tab until something with these words has the focus; how a person finds a button without a mouse. */
async function tabTo(page: Page, words: string): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 30) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate<string>('document.activeElement.textContent.trim()');
    if (label.includes(words)) return;
    passed.push(label);
  }
  throw new Error(`Tab never reached ${words}: ${passed.join(' | ')}`);
}

const enter = (page: Page) => Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);

/** The outline that the style sheet gives to what has the focus. */
const outlineWidth = (page: Page) => page.evaluate<string>('getComputedStyle(document.activeElement).outlineWidth');

describeVisits('with the keyboard alone', (scene) => {
  it('logs in, sees the services, and logs out again', async () => {
    const { page, stage } = scene();
    await page.goto(stage.kulasis);
    await tabTo(page, 'ログイン');
    await enter(page);
    await page.locator('[name=username]:focus').waitFor();
    await page.keyboard.type(student);
    await page.keyboard.press('Tab');
    await page.keyboard.type(passwordOf(student));
    await enter(page);
    await page.getByTestId('name').waitFor();

    await page.goto(stage.issuer);
    await tabTo(page, 'MyKULINE');
    expect(await outlineWidth(page)).toBe('3px');
    await page.goto(stage.issuer);
    await tabTo(page, 'ログアウト');
    await enter(page);
    await tabTo(page, 'ログアウトする');
    expect(await outlineWidth(page)).toBe('3px');
    await enter(page);
    expect(new URL(page.url()).pathname).toMatch(/^\/logout\/round\//);
  });

  it('reaches every choice of the login page in the order in which it is read', async () => {
    const { page, stage } = scene();
    await page.goto(stage.kulasis);
    await tabTo(page, 'ログイン');
    await enter(page);
    await page.locator('[name=username]:focus').waitFor();
    const order: string[] = [];
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('Tab');
      order.push(
        await page.evaluate<string>(
          'document.activeElement.name || document.activeElement.dataset.shows || document.activeElement.textContent.trim()',
        ),
      );
    }
    expect(order).toEqual([
      'password',
      'password',
      'ログイン',
      'パスキーでログイン',
      'ECS-ID・SPS-ID を忘れた',
      'パスワードを忘れた',
      'はじめて使うとき(アカウントの有効化)',
      'ログインせずに戻る',
    ]);
  });

  it('jumps over the header to the content', async () => {
    const { page, stage } = scene();
    await page.goto(stage.issuer);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('本文へ移動');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
  });

  it('begins with the message when something was wrong, and a link there leads to its field', async () => {
    const { page, stage } = scene();
    await page.goto(`${stage.issuer}/login`);
    await page.locator('[name=username]:focus').waitFor();
    await page.keyboard.type(manyRoles);
    await enter(page);
    await page.locator('#problem:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('password');
  });

  it('shows the password and hides it again by the space bar', async () => {
    const { page, stage } = scene();
    await page.goto(`${stage.issuer}/login`);
    await page.locator('[name=password]').focus();
    await page.keyboard.type('secret');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.locator('[name=password]').getAttribute('type')).toBe('text');
    await page.keyboard.press('Space');
    expect(await page.locator('[name=password]').getAttribute('type')).toBe('password');
  });
});
