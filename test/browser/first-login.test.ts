import { expect, it } from '@jest/globals';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { passwordOf, student } from './stage.ts';
import { isPasswordAsked, logIn, openLogin, typeAndSend, wordsOf } from './visit.ts';

describeVisits('a student logs in for the first time', (scene) => {
  it('says where the person is going, and comes back to KULASIS with name, number and affiliation', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    expect(await wordsOf(page.locator('h1'))).toBe('KULASIS へのログイン');
    expect(await wordsOf(page.locator('.heading-service'))).toContain('kulasis.localhost');
    expect(await page.locator('input:focus').getAttribute('name')).toBe('username');
    await typeAndSend(page, student);
    expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    expect(await wordsOf(page.getByTestId('student-number'))).toBe('1029361234');
    expect(await wordsOf(page.getByTestId('affiliation'))).toContain('学生');
    expect(await wordsOf(page.getByTestId('units'))).toContain('工学部');
  });

  it('keeps the ID and not the password when the password is wrong, and takes the right one next', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await typeAndSend(page, student, 'not the password');
    expect(await wordsOf(page.locator('#problem'))).toContain('ECS-ID・SPS-ID またはパスワードが正しくありません。');
    await page.locator('#problem:focus').waitFor();
    expect(await page.locator('[name=username]').inputValue()).toBe(student);
    expect(await page.locator('[name=password]').inputValue()).toBe('');
    await page.locator('[name=password]').fill(passwordOf(student));
    await page.getByTestId('continue').click();
    expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
  });

  it('needs no password at the second service', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.kulasis, student);
    await page.goto(stage.mykuline);
    await page.getByTestId('login').click();
    expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    expect(page.url()).toBe(`${stage.mykuline}/`);
    expect(await auditTrail(stage.sekisho, 'login.granted')).toHaveLength(1);
  });

  it('shows the services as tiles, the one just used first, each with its desk', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.mykuline, student);
    await page.goto(stage.issuer);
    expect(await page.locator('.tile-name').allInnerTexts()).toEqual(['MyKULINE', 'KULASIS', 'KUMOI']);
    await page.locator('.tile summary').first().click();
    expect(await wordsOf(page.locator('.tile .desk-name').first())).toBe('MyKULINE 窓口(附属図書館)');
    await page.locator('.tile-link', { hasText: 'KULASIS' }).click();
    await page.getByTestId('login').click();
    expect(await wordsOf(page.getByTestId('student-number'))).toBe('1029361234');
  });

  it('sends one login however fast the button is pressed twice', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await page.locator('[name=username]').fill(student);
    await page.locator('[name=password]').fill(passwordOf(student));
    const presses: string[] = [];
    page.on('console', (message) => presses.push(message.text()));
    await page.evaluate(`
      addEventListener('submit', ({ defaultPrevented }) => console.log(defaultPrevented ? 'held back' : 'sent'));
      const button = document.querySelector('[data-testid="continue"]');
      button.click();
      button.click();`);
    await page.getByTestId('name').waitFor();
    expect(presses).toEqual(['sent', 'held back']);
    expect(await auditTrail(stage.sekisho, 'login.granted')).toHaveLength(1);
  });

  it('leads on to the service from the Back button, without asking again', async () => {
    const { page, stage } = scene();
    await logIn(page, stage.kulasis, student);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForURL(`${stage.kulasis}/`);
    expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    expect(await auditTrail(stage.sekisho, 'login.granted')).toHaveLength(1);
  });

  it('goes on with the same login after a reload of its page', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    const begun = page.url();
    await page.reload();
    expect(page.url()).toBe(begun);
    await typeAndSend(page, student);
    expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
  });

  it('goes on in the second of two tabs after the first has logged in', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    const second = await page.context().newPage();
    await openLogin(second, stage.mykuline);
    await typeAndSend(page, student);
    await page.getByTestId('name').waitFor();
    await second.reload();
    expect(await wordsOf(second.getByTestId('name'))).toContain('京都 花子');
    expect(await isPasswordAsked(second)).toBe(false);
  });

  it('goes back to the service, unknown there, when the person gives up', async () => {
    const { page, stage } = scene();
    await openLogin(page, stage.kulasis);
    await page.locator('.cancel a').click();
    await page.waitForURL(`${stage.kulasis}/**`);
    expect(await page.getByTestId('name').count()).toBe(0);
    expect(await auditTrail(stage.sekisho, 'login.denied')).toMatchObject([{ reason: 'cancelled' }]);
  });
});
