/** "This was not me", from the mail to the stopped account: over real HTTP, with services that are entered. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { unlockAccount } from '../../src/core/people/suspend.ts';
import { words } from '../../src/i18n/words.ts';
import { lastNotMeToken, owedMails } from '../core/notices/owed-mails.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { formOf, submit } from '../support/relying-party.ts';
import { goodPassword, operator } from '../support/sekisho.ts';
import { answerOf, ask } from './enter.ts';
import { type ListeningParties, openListeningParties } from './listening-parties.ts';

let scene: ListeningParties;
let path: string;

const typed = { username: 'a0123456', password: goodPassword };

/** Somebody who knows the password signs in from a browser of their own. */
async function signInElsewhere(): Promise<CookieBrowser> {
  const { sekisho, library } = scene;
  const stranger = new CookieBrowser();
  const { page } = await ask(sekisho, library.party, stranger);
  if (!page) throw new Error('no login page');
  await submit(stranger, sekisho.issuer, page, typed);
  return stranger;
}

beforeEach(async () => {
  scene = await openListeningParties();
  // The clock stands still: at another instant, so that this is not the login that the scene begins with.
  scene.clock.advance(minutes(1));
});
afterEach(() => scene.close());

const store = () => scene.sekisho.ground.world.store;
const mails = () => owedMails(store(), scene.sekisho.ground.masterKey);
const account = () => accountByLoginName(store(), 'a0123456');
const linkInMail = async () =>
  `${scene.sekisho.issuer}/not-me/${await lastNotMeToken(store(), scene.sekisho.ground.masterKey)}`;

describe('the link of a warning', () => {
  let stranger: CookieBrowser;
  let owner: CookieBrowser;
  beforeEach(async () => {
    stranger = await signInElsewhere();
    path = await linkInMail();
    owner = new CookieBrowser();
  });

  it('went out once, for the sign-in of the stranger', async () => {
    expect((await mails()).map(({ mail }) => mail.type)).toEqual(['new_device_sign_in']);
  });

  it('changes nothing when it is looked at, by whatever scanner', async () => {
    for (const method of ['GET', 'HEAD']) {
      expect((await new CookieBrowser().send(path, { method })).status).toBe(200);
    }
    expect((await new CookieBrowser().send(path, { method: 'POST' })).status).toBe(400);
    expect(await account()).toMatchObject({ state: 'active' });
    expect(await answerOf(scene.sekisho, scene.library.party, stranger, { prompt: 'none' })).toBe('code');
  });

  it('takes no press that another site sends', async () => {
    const page = await owner.visit(path);
    const { fields } = formOf(page);
    fields.set('csrf', 'x'.repeat(43));
    const answer = await owner.send(path, { method: 'POST', body: fields });
    expect(answer.status).toBe(403);
    expect(await account()).toMatchObject({ state: 'active' });
  });

  it('says what happened and when, and what the button does', async () => {
    const { notMe } = words('ja');
    const { html, headers } = await owner.visit(path);
    for (const text of [notMe.warnings.new_device_sign_in, 'a0123456', ...notMe.effects, notMe.submit]) {
      expect(html).toContain(text);
    }
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('ends every session, tells every service, and stops sign-in, at one press', async () => {
    const { sekisho, library, browser } = scene;
    const done = await submit(owner, sekisho.issuer, await owner.visit(path), {});
    expect(done.page?.status).toBe(200);
    expect(done.page?.html).toContain(words('ja').notMe.nextTitle);
    for (const one of [stranger, browser]) {
      expect(await answerOf(sekisho, library.party, one, { prompt: 'none' })).toBe('login_required');
    }
    const { records } = await listNotices(sekisho.ground.world, { kind: 'logout', limit: 100 });
    // Of the owner's browser two, of the stranger's one.
    expect(records).toHaveLength(3);
    expect((await mails()).map(({ mail }) => mail.type).sort()).toEqual(['account_locked', 'new_device_sign_in']);
  });

  it('says so at the login after the right password, and names the desk; after a wrong one it says nothing', async () => {
    const { sekisho, library } = scene;
    await submit(owner, sekisho.issuer, await owner.visit(path), {});
    const { denied } = words('ja');
    const again = new CookieBrowser();
    const login = await ask(sekisho, library.party, again);
    if (!login.page) throw new Error('no login page');
    const wrong = await submit(again, sekisho.issuer, login.page, { ...typed, password: 'wrong' });
    expect(wrong.page?.html).not.toContain(denied.reported);
    const right = wrong.page && (await submit(again, sekisho.issuer, wrong.page, typed));
    expect(right?.page?.status).toBe(403);
    expect(right?.page?.html).toContain(denied.reportedBody);
    expect(right?.page?.html).toContain('情報環境支援センター');
  });

  it('finds it done at a second press and a reload, and is worth nothing once the desk has unlocked', async () => {
    const { sekisho, clock } = scene;
    const open = await owner.visit(path);
    await submit(owner, sekisho.issuer, open, {});
    const second = await submit(owner, sekisho.issuer, open, {});
    expect(second.page?.html).toContain(words('ja').notMe.doneHeading);
    clock.advance(minutes(5));
    expect((await owner.visit(path)).html).toContain(words('ja').notMe.doneHeading);
    const found = await account();
    if (!found) throw new Error('no account');
    await unlockAccount(sekisho.ground.world, sekisho.ground, operator, found);
    const gone = await owner.visit(path);
    expect(gone.status).toBe(410);
    expect(gone.html).toContain('このリンクは使えません');
    expect(await account()).toMatchObject({ state: 'active' });
  });

  it('leaves the stolen password good for nothing once the desk has unlocked', async () => {
    const { sekisho, library } = scene;
    await submit(owner, sekisho.issuer, await owner.visit(path), {});
    const found = await account();
    if (!found) throw new Error('no account');
    await unlockAccount(sekisho.ground.world, sekisho.ground, operator, found);
    const again = new CookieBrowser();
    const login = await ask(sekisho, library.party, again);
    const answer = login.page && (await submit(again, sekisho.issuer, login.page, typed));
    expect(answer?.page?.html).toContain('パスワードが正しくありません');
  });

  it('is not in the log, of a request or of a failure', async () => {
    await submit(owner, scene.sekisho.issuer, await owner.visit(path), {});
    await owner.visit(`${path}x`);
    const token = new URL(path).pathname.split('/').at(-1) ?? '';
    expect(scene.sekisho.log.join()).toContain('/not-me/*');
    expect(scene.sekisho.log.join()).not.toContain(token);
  });
});

describe('a link that nobody was given', () => {
  it('shows the desk, and nothing about any account', async () => {
    const { status, html } = await new CookieBrowser().visit(`${scene.sekisho.issuer}/not-me/${'x'.repeat(43)}`);
    expect(status).toBe(410);
    expect(html).toContain('情報環境支援センター');
  });
});
