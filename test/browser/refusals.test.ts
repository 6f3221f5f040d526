import { expect, it } from '@jest/globals';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { expired, neverActivated, staff, student, suspended } from './stage.ts';
import { isPasswordAsked, logIn, openLogin, typeAndSend, wordsOf } from './visit.ts';

describeVisits('who may not enter', (scene) => {
  it('tells a member of staff whom KULASIS is for, and shows services that need no new password', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await typeAndSend(page, staff);
    expect(await wordsOf(page.locator('h1'))).toBe('KULASIS は、このアカウントでは利用できません');
    const words = await wordsOf(page.locator('main'));
    expect(words).toContain('KULASIS を利用できるのは、学生です。');
    expect(words).toContain('KULASIS 教務窓口');
    expect(words).toContain('吉田 太郎');
    expect(await page.getByRole('link', { name: 'ログアウト' }).count()).toBe(1);
    expect(await page.locator('.tile-name').allInnerTexts()).toEqual(['MyKULINE']);

    await page.locator('.tile-link', { hasText: 'MyKULINE' }).click();
    await page.getByTestId('login').click();
    expect(await wordsOf(page.getByTestId('name'))).toContain('吉田 太郎');
    expect(await page.getByTestId('student-number').count()).toBe(0);
  });

  it('leads a member of staff back to KULASIS, which knows nobody, and to the services', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await typeAndSend(page, staff);
    await page.getByRole('link', { name: 'KULASIS に戻る' }).click();
    await page.waitForURL(`${stage.kulasis}/**`);
    expect(await page.getByTestId('name').count()).toBe(0);
    await page.goto(stage.issuer);
    expect(await page.locator('.tile-name').allInnerTexts()).toEqual(['MyKULINE']);
  });

  it.each([
    ['suspended', suspended, 'このアカウントは停止しています'],
    ['expired', expired, 'このアカウントの有効期限が過ぎています'],
  ])(
    'tells the owner of an account that is %s so, and at which desk, after the right password',
    async (_state, loginName, heading) => {
      const { page, stage } = scene();
      await openLogin(page, stage.mykuline);
      await typeAndSend(page, loginName);
      expect(await wordsOf(page.locator('h1'))).toBe(heading);
      const words = await wordsOf(page.locator('main'));
      expect(words).toContain('情報環境支援センター');
      expect(words).toContain('平日 9:00〜17:00');
      await page.goto(stage.issuer);
      expect(await page.locator('.tile').count()).toBe(0);
    },
  );

  it('says of a suspended, an unknown and a never activated account, after a wrong password, the very same', async () => {
    const { stage, visitAgain } = scene();
    const said = new Set<string>();
    for (const loginName of [student, suspended, expired, neverActivated, 'a0999999']) {
      const page = await visitAgain();
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, loginName, 'not the password');
      await page.locator('#problem').waitFor();
      expect(await page.locator('[name=username]').inputValue()).toBe(loginName);
      said.add(await wordsOf(page.locator('body')));
    }
    expect(said.size).toBe(1);
    const [words = ''] = said;
    expect(words).toContain('有効化');
    expect(words).toContain('情報環境支援センター');
  });

  it('slows down guessing in words that say how long, and lets the owner in again at another device', async () => {
    const { page, stage, visitAgain } = scene();
    const owner = await visitAgain();
    await logIn(owner, stage.kulasis, student);
    await openLogin(page, stage.mykuline);
    for (let round = 0; round < 6; round += 1) {
      await typeAndSend(page, student, `guess ${round}`);
      await page.locator('#problem').waitFor();
      await page.locator('[name=password]:not([value])').waitFor();
    }
    await typeAndSend(page, student);
    expect(await wordsOf(page.locator('#problem'))).toContain('ログインを一時止めています');
    expect(await isPasswordAsked(page)).toBe(true);

    // The owner's own browser is known by its mark and is not made to wait for the guesses of another.
    await owner.context().clearCookies({ name: 'sekisho-session' });
    await owner.goto(`${stage.issuer}/login`);
    await typeAndSend(owner, student);
    await owner.waitForURL(`${stage.issuer}/`);
    expect(await owner.locator('.tile').count()).toBe(3);
    expect(await auditTrail(stage.sekisho, 'login.granted')).toHaveLength(2);
  });
});
