/** Client certificates as a second factor, over real TLS, with certificates of the openssl command. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { planKeepList } from '../../src/core/certificates/revocation-list.ts';
import { takeList } from '../../src/core/certificates/take-list.ts';
import { type CertificateCredential, credentialsOf } from '../../src/core/credentials/credential.ts';
import { planRemoveFactor } from '../../src/core/credentials/remove-factor.ts';
import { people } from '../../src/core/people/person.ts';
import type { Stored } from '../../src/store/port.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { describeWith } from '../support/needs.ts';
import { type CertificateWishes, type KeyedCertificate, openAuthority, openssl } from '../support/openssl-authority.ts';
import { exchange, follow, submit } from '../support/relying-party.ts';
import { goodPassword, operator } from '../support/sekisho.ts';
import { type CertificateMeans, certificateMeans, openStage } from './certificate-stage.ts';
import {
  arrive,
  type CertificateVisits,
  pageOf,
  pathIn,
  present,
  reported,
  subjectOf,
  subjects,
  type Visit,
} from './certificate-visit.ts';
import { ask, openService } from './enter.ts';

let means: CertificateMeans;
let own: KeyedCertificate;
let visits: CertificateVisits;

async function open(environment: Readonly<Record<string, string>> = {}): Promise<CertificateVisits> {
  const stage = await openStage(means, { environment: { ...subjects, ...environment } });
  return { stage, party: await openService(stage.sekisho, { requiredLevel: 'mfa' }) };
}

const sekisho = () => visits.stage.sekisho;
const send = ({ browser, page }: Visit, typed: Readonly<Record<string, string>> = {}) =>
  submit(browser, sekisho().issuer, page, typed);
const issue = (wishes: CertificateWishes) => means.authority.issue({ subject: subjectOf('a0123456'), ...wishes });

/** With the page on which a certificate was found, up to where the answer leads. */
async function finish(visit: Visit) {
  const answered = await send(visit);
  const isFirst = answered.page?.html.includes('リカバリーコードを保管') === true;
  return isFirst ? send({ ...visit, page: pageOf(answered) }, { choice: 'kept' }) : answered;
}

async function held(accountId: string): Promise<readonly Stored<CertificateCredential>[]> {
  const all = await credentialsOf(sekisho().ground.world.store, accountId);
  return all.filter((one): one is Stored<CertificateCredential> => one.kind === 'certificate');
}

describeWith(openssl, 'a login with a client certificate', () => {
  beforeAll(() => {
    means = certificateMeans();
    own = issue({});
  });
  afterAll(() => means.close());
  beforeEach(async () => {
    visits = await open();
  });
  afterEach(() => sekisho().close());

  it('leads there and back without a script, and tells the service what was proven', async () => {
    const { id } = await sekisho().addAccount();
    const browser = new CookieBrowser();
    const asking = await ask(sekisho(), visits.party, browser);
    const { begun } = asking;
    const choice = await send({ browser, page: pageOf(asking) }, { username: 'a0123456', password: goodPassword });
    const asked = { browser, page: pageOf(await send({ browser, page: pageOf(choice) }, { choice: 'certificate' })) };
    expect(asked.page.html).toContain('この端末に入っているクライアント証明書');
    const found = await present(visits, asked, own);
    expect(found.html).toContain('証明書を読み取りました: a0123456');
    const { left } = await finish({ browser, page: found });
    const claims = (await exchange(visits.party, left as URL, begun)).claims();
    expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'sc', 'mfa'] });
    expect(await held(id)).toMatchObject([{ name: 'a0123456', subject: 'CN=a0123456,O=Example University,C=JP' }]);
  });

  it('asks for it by itself the next time', async () => {
    await sekisho().addAccount();
    const visit = await arrive(visits);
    await finish({ ...visit, page: await present(visits, visit, own) });
    const browser = new CookieBrowser();
    const login = pageOf(await ask(sekisho(), visits.party, browser));
    const page = pageOf(await send({ browser, page: login }, { username: 'a0123456', password: goodPassword }));
    const found = await present(visits, { browser, page }, own);
    expect((await finish({ browser, page: found })).left?.searchParams.has('code')).toBe(true);
  });

  describe('says what is wrong, and goes no further, with', () => {
    const foreign = () => {
      const authority = openAuthority();
      const made = authority.issue({ subject: subjectOf('a0123456') });
      authority.close();
      return made;
    };

    it.each<[string, () => KeyedCertificate | undefined, string]>([
      ['no certificate', () => undefined, '証明書が選ばれませんでした。'],
      [
        'one that has ended',
        () => issue({ from: '20200101000000Z', until: '20210101000000Z' }),
        '有効期限が切れています',
      ],
      [
        'one that has not begun',
        () => issue({ from: '20490101000000Z', until: '20491231000000Z' }),
        'まだ始まっていません',
      ],
      ['one for servers', () => issue({ purpose: 'serverAuth' }), '別の用途のために発行された'],
      ['one of another authority', foreign, '本学が受け付けている認証局'],
    ])('%s', async (_, made, words) => {
      await sekisho().addAccount();
      const visit = await arrive(visits);
      const page = await present(visits, visit, made());
      expect(page.html).toContain(words);
      expect(page.html).toContain('class="desk"');
      expect(page.html).not.toContain('name="report"');
    });

    it('one that was revoked', async () => {
      await sekisho().addAccount();
      const gone = issue({});
      means.authority.revoke(gone.certificate);
      const { world, certificates } = sekisho().ground;
      const list = means.authority.list();
      const taken = await takeList(readFileSync(list), certificates?.authorities ?? [], world.clock.now());
      if (!taken.ok) throw new Error(taken.fault);
      await sekisho().close();
      visits = await open({ SEKISHO__CERTIFICATES__REVOCATION__LISTS: JSON.stringify([{ file: list }]) });
      await sekisho().addAccount();
      const kept = await planKeepList(sekisho().ground.world, list, taken.list);
      // The job may have been quicker: the list is the same.
      if (kept.kind === 'kept')
        await sekisho()
          .ground.world.store.commit(kept.writes)
          .catch(() => undefined);
      const visit = await arrive(visits);
      expect((await present(visits, visit, gone)).html).toContain('この証明書は失効しています。');
      // Whoever has its key may have stolen it: an operator must be able to see in which login it was shown.
      const told = sekisho().log.map((line) => JSON.parse(line) as { readonly msg?: string });
      expect(told).toContainEqual(
        expect.objectContaining({
          msg: 'a client certificate was refused',
          reason: 'revoked',
          serial: new X509Certificate(gone.certificate).serialNumber,
          login: expect.any(String),
        }),
      );
      expect((await present(visits, visit, own)).html).toContain('証明書を読み取りました');
    });

    it('any, while it cannot be known which are revoked', async () => {
      await sekisho().close();
      const nowhere = join(means.folder, 'nowhere.crl');
      visits = await open({
        SEKISHO__CERTIFICATES__REVOCATION__LISTS: JSON.stringify([{ file: nowhere }]),
        SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'refuse',
      });
      await sekisho().addAccount();
      const visit = await arrive(visits);
      expect((await present(visits, visit, own)).html).toContain('いま確認できません');
    });

    it('that of another account, and never says whose', async () => {
      const { id } = await sekisho().addAccount();
      await sekisho().addAccount({ loginName: 'a7777777', entry: { nameEn: { family: 'Other', given: 'Person' } } });
      const visit = await arrive(visits);
      const found = await present(visits, visit, issue({ subject: subjectOf('a7777777') }));
      const { page } = await send({ ...visit, page: found });
      expect(page).toMatchObject({ status: 422, html: expect.stringContaining('このアカウントでは使えません') });
      expect(page?.html).not.toContain('a7777777');
      expect(await held(id)).toEqual([]);
    });

    it('one that its owner has taken away', async () => {
      const account = await sekisho().addAccount();
      const visit = await arrive(visits);
      await finish({ ...visit, page: await present(visits, visit, own) });
      const { world, masterKey } = sekisho().ground;
      const person = await world.store.get(people, account.personId);
      const [factor] = await held(account.id);
      if (!person || !factor) throw new Error('it was not kept');
      await world.store.commit(await planRemoveFactor(world, masterKey, operator, { account, person, factor }));
      // Its recovery codes are still there, and asked for first.
      const again = await arrive(visits, undefined, ['another', 'certificate']);
      const { page } = await send({ ...again, page: await present(visits, again, own) });
      expect(page).toMatchObject({ status: 422, html: expect.stringContaining('アカウントから削除されています') });
    });
  });

  describe('takes a report', () => {
    it('once', async () => {
      await sekisho().addAccount();
      const visit = await arrive(visits);
      const found = await present(visits, visit, own);
      const answered = await send({ ...visit, page: found });
      expect(answered.page?.html).toContain('リカバリーコード');
      // The same form again, and the address with the report: the login has moved on.
      expect((await send({ ...visit, page: found })).page?.html).toContain('リカバリーコード');
      const revisited = await follow(visit.browser, sekisho().issuer, found.url);
      expect(revisited.page?.html).not.toContain('name="report"');
    });

    it('in no other login', async () => {
      await sekisho().addAccount();
      const [one, two] = [await arrive(visits), await arrive(visits)];
      const location = new URL(await reported(visits.stage, one.page, own));
      const elsewhere = new URL(two.page.url);
      elsewhere.search = location.search;
      const { page } = await follow(two.browser, sekisho().issuer, elsewhere);
      expect(page?.html).toContain('確認が完了しませんでした');
      expect(page?.html).not.toContain('name="report"');
    });

    it('in no other browser', async () => {
      await sekisho().addAccount();
      const visit = await arrive(visits);
      const location = await reported(visits.stage, visit.page, own);
      const { page } = await follow(new CookieBrowser(), sekisho().issuer, location);
      expect(page).toMatchObject({ status: 403, html: expect.stringContaining('別のブラウザ') });
    });

    it('in one of two tabs', async () => {
      await sekisho().addAccount();
      const visit = await arrive(visits);
      const tabs = [await present(visits, visit, own), await present(visits, visit, own)];
      const ends = await Promise.all(tabs.map((page) => send({ ...visit, page })));
      expect(ends.map(({ page }) => page?.html.includes('リカバリーコード'))).toEqual([true, true]);
      const { left } = await send({ ...visit, page: pageOf(ends[0] ?? {}) }, { choice: 'kept' });
      expect(left?.searchParams.has('code')).toBe(true);
    });
  });

  describe('keeps the two origins apart:', () => {
    it('no page of the issuer is found where certificates are asked for', async () => {
      for (const path of ['/', '/login', '/account', '/assets/page.js', '/oidc/auth', '/metrics', '/readyz']) {
        expect(await visits.stage.ask(path, own)).toMatchObject({ status: 421 });
      }
    });

    it('nor is it under another Host there: the connection of a visitor may come from a machine of ours', async () => {
      for (const host of [new URL(sekisho().issuer).host, 'localhost']) {
        for (const path of ['/login', '/metrics', `/certificate/${'x'.repeat(43)}?turn=1`]) {
          expect(await visits.stage.ask(path, own, { headers: { host } })).toMatchObject({ status: 421 });
        }
      }
    });

    it('certificates are not looked at where the issuer is', async () => {
      const response = await fetch(`${sekisho().issuer}/certificate/${'x'.repeat(43)}?turn=1`, { redirect: 'manual' });
      expect(response.status).toBe(404);
    });

    it.each([`/certificate/${'x'.repeat(43)}`, '/certificate/short?turn=1', `/certificate/${'x'.repeat(43)}?turn=x`])(
      'leads nowhere with %s',
      async (path) => {
        expect(await visits.stage.ask(path, own)).toMatchObject({ status: 404 });
      },
    );

    it('leaves no handle and no report in the log', async () => {
      await sekisho().addAccount();
      const visit = await arrive(visits);
      const handle = /certificate\/([\w-]+)/.exec(pathIn(visits.stage, visit.page))?.[1] ?? '';
      await present(visits, visit, own);
      const log = sekisho().log.join('');
      expect(log).toContain('/certificate/*');
      expect(log).not.toContain(handle);
      expect(log).not.toContain('certificate=');
    });
  });
});
