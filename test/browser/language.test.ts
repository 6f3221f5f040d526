import { expect, it } from '@jest/globals';
import { describeVisits } from './describe-visits.ts';
import { manyRoles, passwordOf, student } from './stage.ts';
import { openLogin, typeAndSend, wordsOf } from './visit.ts';

describeVisits('the language', (scene) => {
  it('changes in the middle of a login, which goes on', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    const begun = page.url();
    await page.getByRole('link', { name: 'English' }).click();
    expect(await wordsOf(page.locator('h1'))).toBe('Log in to KULASIS');
    expect(page.url()).toBe(begun);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await typeAndSend(page, student);
    expect(await wordsOf(page.getByTestId('student-number'))).toBe('1029361234');
  });

  it('changes without losing the ID that was just typed, and never carries the password', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await page.locator('[name=username]').fill(student);
    await page.locator('[name=password]').fill(passwordOf(student));
    await page.getByRole('link', { name: 'English' }).click();
    expect(await wordsOf(page.locator('h1'))).toBe('Log in to KULASIS');
    expect(await page.locator('[name=username]').inputValue()).toBe(student);
    expect(await page.locator('[name=password]').inputValue()).toBe('');
    expect(await page.locator('input:focus').getAttribute('name')).toBe('password');
    expect(await page.evaluate<number>('sessionStorage.length')).toBe(0);
  });

  it('changes after a wrong password without losing the ID', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await typeAndSend(page, student, 'not the password');
    await page.locator('#problem').waitFor();
    await page.getByRole('link', { name: 'English' }).click();
    expect(await wordsOf(page.locator('h1'))).toBe('Log in to KULASIS');
    expect(await page.locator('[name=username]').inputValue()).toBe(student);
  });

  it('changes at a later step without a second password', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await typeAndSend(page, manyRoles);
    expect(await wordsOf(page.locator('h1'))).toBe('全学アカウントの利用にあたって');
    await page.getByRole('link', { name: 'English' }).click();
    expect(await wordsOf(page.locator('h1'))).toBe('Using your university account');
    await page.getByTestId('continue').click();
    await page.getByTestId('name').waitFor();
  });

  it('follows the service that sends the person, and then what the person chose', async () => {
    const { page, stage } = scene();
    await page.goto(`${stage.kulasis}/?lang=en`);
    await page.getByTestId('login').click();
    expect(await wordsOf(page.locator('h1'))).toBe('Log in to KULASIS');
    await page.getByRole('link', { name: '日本語' }).click();
    await page.locator('[name=username]').fill(student);
    await page.locator('[name=password]').fill(passwordOf(student));
    await page.getByTestId('continue').click();
    await page.getByTestId('name').waitFor();
    await page.goto(stage.issuer);
    expect(await wordsOf(page.locator('h1'))).toBe('サービス一覧');
  });

  it('is that of the browser where nobody has chosen', async () => {
    const { stage, visitAgain } = scene();
    const english = await visitAgain({ locale: 'en-GB' });
    await english.goto(stage.issuer);
    expect(await english.locator('html').getAttribute('lang')).toBe('en');
    const german = await visitAgain({ locale: 'de-DE' });
    await german.goto(stage.issuer);
    expect(await german.locator('html').getAttribute('lang')).toMatch(/^(en|ja)$/);
  });
});
