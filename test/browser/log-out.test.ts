import { expect, it } from '@jest/globals';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { student } from './stage.ts';
import { isPasswordAsked, logIn, openLogin, typeAndSend, wordsOf } from './visit.ts';

describeVisits('logging out', (scene) => {
  it("asks first when a service sends the person, then ends Sekisho's session and goes back to the service", async () => {
    const { page, stage } = scene();
    await logIn(page, stage.kulasis, student);
    await page.getByTestId('logout').click();
    await page.waitForURL(`${stage.issuer}/**`);
    expect(await wordsOf(page.locator('h1'))).toBe('ログアウトしますか');
    expect(await wordsOf(page.locator('main'))).toContain('京都 花子さん');
    expect(await auditTrail(stage.sekisho, 'session.ended')).toEqual([]);

    await page.getByTestId('continue').click();
    await page.getByTestId('logged-out').waitFor();
    expect(new URL(page.url()).origin).toBe(stage.kulasis);
    expect(await auditTrail(stage.sekisho, 'session.ended')).toMatchObject([{ cause: 'logout' }]);
    await openLogin(page, stage.mykuline);
    expect(await isPasswordAsked(page)).toBe(true);
  });

  it('keeps the session when the person, asked by a service, would rather stay', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.kulasis, student);
    await page.getByTestId('logout').click();
    await page.getByRole('button', { name: 'ログインしたままにする' }).click();
    await page.goto(stage.issuer);
    expect(await page.locator('.tile-name').allInnerTexts()).toHaveLength(3);
    expect(await auditTrail(stage.sekisho, 'session.ended')).toEqual([]);
  });

  it('asks first at Sekisho too, names the services used, and ends the session for all of them', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.mykuline, student);
    await page.goto(stage.issuer);
    await page.getByRole('link', { name: 'ログアウト' }).click();
    expect(await wordsOf(page.locator('main'))).toContain('MyKULINE');
    await page.getByTestId('continue').click();
    await page.waitForURL(`${stage.issuer}/logout/round/*`);
    expect(await wordsOf(page.locator('h1'))).toBe('ログアウトしました');
    expect(await auditTrail(stage.sekisho, 'session.ended')).toMatchObject([{ cause: 'logout' }]);
    await openLogin(page, stage.kulasis);
    expect(await isPasswordAsked(page)).toBe(true);
  });

  it.each([
    ['ja', 'at Sekisho', 'MyKULINE からログアウトしました'],
    ['en', 'at KULASIS', 'You are logged out of MyKULINE'],
  ])('is told to the services, and by them to the person on their next page: %s, %s', async (locale, where, title) => {
    const { visitAgain, stage } = scene();
    const page = await visitAgain({ locale });
    await logIn(page, stage.kulasis, student);
    await page.goto(stage.mykuline);
    await page.getByTestId('login').click();
    await page.getByTestId('name').waitFor();
    await page.goto(where === 'at Sekisho' ? `${stage.issuer}/logout` : stage.kulasis);
    if (where !== 'at Sekisho') await page.getByTestId('logout').click();
    await page.getByTestId('continue').click();
    await page.waitForURL(where === 'at Sekisho' ? `${stage.issuer}/logout/round/*` : `${stage.kulasis}/logged-out*`);

    await page.goto(`${stage.mykuline}/loans`);
    // The message goes out within moments; until then the page is as it was.
    while ((await page.getByTestId('ended-elsewhere').count()) === 0) await page.reload();
    expect(await wordsOf(page.locator('h1'))).toBe(title);
    expect(await page.getByTestId('name').count()).toBe(0);
    await page.getByTestId('login').click();
    await typeAndSend(page, student);
    await page.getByTestId('name').waitFor();
    expect(page.url()).toBe(`${stage.mykuline}/loans`);
  });

  it('shows nobody the services of the person who was there, not even from the Back button', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.kulasis, student);
    await page.goto(stage.issuer);
    await page.getByRole('link', { name: 'ログアウト' }).click();
    await page.getByTestId('continue').click();
    await page.waitForURL(`${stage.issuer}/logout/round/*`);
    // Past the question, to where the tiles were.
    await page.goBack();
    await page.goBack();
    expect(page.url()).toBe(`${stage.issuer}/`);
    expect(await page.locator('.tile').count()).toBe(0);
    expect(await wordsOf(page.locator('body'))).not.toContain('花子');
  });

  it('stays signed in at Sekisho when the person thinks better of it', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.kulasis, student);
    await page.goto(`${stage.issuer}/logout`);
    await page.getByRole('link', { name: 'ログインしたままにする' }).click();
    expect(await page.locator('.tile-name').allInnerTexts()).toEqual(['KULASIS', 'KUMOI', 'MyKULINE']);
  });
});
