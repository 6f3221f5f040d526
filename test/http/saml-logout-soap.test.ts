/** Logging out between servers: a service that is told by SOAP through the outbox, and one that asks so. */
import { createPrivateKey } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemIds } from '../../src/base/ids.ts';
import { openLog } from '../../src/base/log.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { accounts } from '../../src/core/people/account.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { envelope, openEnvelope } from '../../src/protocols/saml/bindings/soap.ts';
import { decrypt } from '../../src/protocols/saml/encryption/decrypt.ts';
import { logoutRequestXml, readLogoutRequest } from '../../src/protocols/saml/logout/logout-request.ts';
import { type AnswerWords, logoutResponseXml } from '../../src/protocols/saml/logout/logout-response.ts';
import { type SigningKey, signEnveloped } from '../../src/protocols/saml/signature/sign.ts';
import { verifyEnveloped } from '../../src/protocols/saml/signature/verify.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { write } from '../../src/protocols/saml/xml/write.ts';
import { replace } from '../../src/store/port.ts';
import { newSigner, privatePemOf } from '../protocols/saml/sample-keys.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { submit } from '../support/relying-party.ts';
import { operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { openSoapListener, type SoapListener } from '../support/soap-listener.ts';
import { enterLogging, type LoggingService, openLogging, sloOf, statesOn } from './logout-scene.ts';
import { recordsIn } from './records-in.ts';

let key: SigningKey;
let sekisho: TestSekisho;
let browser: CookieBrowser;
let soap: SoapListener;
let kumoi: LoggingService;
beforeAll(async () => {
  key = await newSigner();
});
beforeEach(async () => {
  soap = await openSoapListener();
  sekisho = await startSekisho({ environment: { SEKISHO__JOBS__SCHEDULES__LOGOUTMESSAGES: 'every 900d' } });
  browser = new CookieBrowser();
  await sekisho.addAccount();
  const logout = [{ binding: 'soap', url: soap.url } as const, { binding: 'redirect', url: sloOf('kumoi') } as const];
  kumoi = await enterLogging(sekisho, 'kumoi', await openLogging(sekisho, 'kumoi', key, { logout }), browser);
});
afterEach(async () => {
  await sekisho.close();
  await soap.close();
});

const kumoiIs = 'kumoi の名前';
const idOf = (id: string) => `https://${id}.example/metadata`;

async function logOutHere(): Promise<Page> {
  const { page } = await submit(browser, sekisho.issuer, await browser.visit(`${sekisho.issuer}/logout`), {});
  if (!page) throw new Error('no page');
  return page;
}

/** A turn of the job. */
const deliver = () => {
  const { world, logoutDelivery } = sekisho.ground;
  return deliverDue(logoutDelivery, { world, signal: new AbortController().signal, log: openLog('silent') }, [
    'logout',
  ]);
};

const asked = (body: string) =>
  readLogoutRequest(
    verifyEnveloped(openEnvelope(body), [activeSigner(sekisho.ground.ring.current().keys).certificate]),
  );

const answering =
  (words: Partial<AnswerWords> = {}) =>
  async (body: string) => {
    const xml = write(
      logoutResponseXml({
        id: `_${systemIds.bytes(16).toString('hex')}`,
        inResponseTo: asked(body).id,
        issuedAt: Date.now(),
        issuer: idOf('kumoi'),
        status: { top: 'success' },
        ...words,
      }),
    );
    return envelope(await signEnveloped(xml, key));
  };

const unsigned: SoapListener['answer'] = async (body) =>
  (await answering()(body)).replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, '');

describe('a service that is told by SOAP', () => {
  it('is sent a signed request in its own names, and is done when it has said so', async () => {
    soap.answer = answering();
    const page = await logOutHere();
    expect(statesOn(page)).toEqual({ [kumoiIs]: 'waiting' });
    expect(page.html).not.toContain('data-frame');
    await deliver();
    expect(soap.heard).toMatchObject([
      { contentType: 'text/xml; charset=utf-8', action: '"http://www.oasis-open.org/committees/security"' },
    ]);
    const request = asked(soap.heard[0]?.body ?? '');
    expect(request).toMatchObject({ destination: soap.url, sessionIndexes: [kumoi.profile.sessionIndex] });
    expect(request.person.text).toBe(kumoi.profile.nameID);
    expect(statesOn(await browser.visit(page.url))).toEqual({ [kumoiIs]: 'done' });
  });

  it.each([
    ['for itself alone where it is always to have it so', 'always', 'EncryptedID'],
    ['in the clear where a transient one need not be hidden', 'when-possible', 'NameID'],
  ] as const)('is sent the name %s', async (_how, encrypts, element) => {
    const { world } = sekisho.ground;
    const stored = await world.store.get(connections, 'kumoi');
    if (!stored?.saml) throw new Error('no connection');
    const saml = { ...stored.saml, encryptionCertificates: [key.certificate], encrypts };
    await world.store.commit([replace(connections, { ...stored, saml })]);
    await logOutHere();
    await deliver();
    const { person } = asked(soap.heard[0]?.body ?? '');
    expect(person.name).toBe(element);
    const opened = element === 'NameID' ? person : decrypt(person, [createPrivateKey(privatePemOf(key))]);
    expect(opened.text).toBe(kumoi.profile.nameID);
  });

  it.each<[string, () => SoapListener['answer']]>([
    ['has an error', () => async () => ({ status: 500, body: '' })],
    ['answers nothing of use', () => async () => '<html></html>'],
    ['answers unsigned, where no TLS shows who it is', () => unsigned],
    ['says that it could not', () => answering({ status: { top: 'responder' } })],
    ['answers another message', () => answering({ inResponseTo: '_another' })],
    ['answers in another name', () => answering({ issuer: idOf('moodle') })],
  ])('is not done where it %s, and the person may have it told again', async (_what, answer) => {
    soap.answer = answer();
    const page = await logOutHere();
    await deliver();
    const failed = await browser.visit(page.url);
    expect(statesOn(failed)).toEqual({ [kumoiIs]: 'retried' });
    soap.answer = answering();
    await submit(browser, sekisho.issuer, failed, {});
    await deliver();
    expect(statesOn(await browser.visit(page.url))).toEqual({ [kumoiIs]: 'done' });
    // Each is a message of its own.
    expect(new Set(soap.heard.map(({ body }) => asked(body).id)).size).toBe(2);
  });

  it('is told of an end that comes without a browser, and one that listens to browsers only is named in the audit trail', async () => {
    soap.answer = answering();
    await enterLogging(sekisho, 'moodle', await openLogging(sekisho, 'moodle', key), browser);
    const { world, passwordKeeping } = sekisho.ground;
    const [session] = (await world.store.find(sessions, { index: 'byEnd' })).records;
    const account = await world.store.get(accounts, session?.accountId ?? '');
    if (!account) throw new Error('no account');
    await suspendAccount(world, passwordKeeping, operator, account, 'a test');
    await deliver();
    expect((await listNotices(world)).records.filter(({ kind }) => kind === 'logout')).toMatchObject([
      { topic: 'saml kumoi', state: 'sent' },
    ]);
    const { records } = await world.store.find(auditEvents, { index: 'byType', equals: ['session.untold'] });
    expect(records.map(({ facts }) => facts)).toMatchObject([{ services: ['moodle'] }]);
  });
});

describe('a service that asks by SOAP', () => {
  const request = (from = 'kumoi', changes: { nameId?: string; sessionIndex?: string } = {}) => {
    const { nameIDFormat, nameID, sessionIndex } = kumoi.profile;
    return write(
      logoutRequestXml({
        id: `_${systemIds.bytes(16).toString('hex')}`,
        destination: `${sekisho.issuer}/saml/soap`,
        issuedAt: Date.now(),
        notOnOrAfter: Date.now() + 60_000,
        entered: {
          nameId: { format: nameIDFormat, value: changes.nameId ?? nameID },
          sessionIndex: changes.sessionIndex ?? String(sessionIndex),
          issuer: idOf(from),
        },
      }),
    );
  };
  const send = (body: string) =>
    fetch(`${sekisho.issuer}/saml/soap`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } });
  const statuses = async (answer: Response) => {
    const root = verifyEnveloped(openEnvelope(await answer.text()), [
      activeSigner(sekisho.ground.ring.current().keys).certificate,
    ]);
    return [...JSON.stringify(root).matchAll(/status:(\w+)"/g)].map(([, code]) => code);
  };
  const signed = async (xml = request()) => envelope(await signEnveloped(xml, key));

  it('ends the session that it names, and is answered Success where nobody else was entered', async () => {
    expect(await statuses(await send(await signed()))).toContain('Success');
    expect(recordsIn(sekisho, sessions)).toBe(0);
    await deliver();
    expect(soap.heard).toEqual([]);
  });

  it('is answered PartialLogout where another can be told by a browser only', async () => {
    await enterLogging(sekisho, 'moodle', await openLogging(sekisho, 'moodle', key), browser);
    expect(await statuses(await send(await signed()))).toEqual(expect.arrayContaining(['Success', 'PartialLogout']));
    expect(recordsIn(sekisho, sessions)).toBe(0);
  });

  it('is answered UnknownPrincipal where name and index are not those of one session, which goes on', async () => {
    expect(await statuses(await send(await signed(request('kumoi', { nameId: 'somebody' }))))).toContain(
      'UnknownPrincipal',
    );
    expect(recordsIn(sekisho, sessions)).toBe(1);
  });

  it.each<[string, () => Promise<string>]>([
    ['does not sign', async () => envelope(request())],
    ['is unknown', async () => signed(request('nobody'))],
    ['signs with another key', async () => envelope(await signEnveloped(request(), await newSigner()))],
    ['sends no SOAP', async () => request()],
  ])('gets a fault and no more where it %s', async (_what, message) => {
    const answer = await send(await message());
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('soap:Fault');
    expect(recordsIn(sekisho, sessions)).toBe(1);
  });
});
