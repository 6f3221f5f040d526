/** Messages about logging out that are not acted upon: each differs from a good one in one thing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemIds } from '../../src/base/ids.ts';
import { encryptNameId } from '../../src/protocols/saml/encryption/encrypt.ts';
import { type LogoutWords, logoutRequestXml } from '../../src/protocols/saml/logout/logout-request.ts';
import { type AnswerWords, logoutResponseXml } from '../../src/protocols/saml/logout/logout-response.ts';
import { nameIdFormats } from '../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { type CanonicalXml, raw, write } from '../../src/protocols/saml/xml/write.ts';
import { newSigner } from '../protocols/saml/sample-keys.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { follow, submit } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import {
  enterLogging,
  framesOn,
  type LoggingService,
  openLogging,
  sentByPost,
  sentByRedirect,
  statesOn,
  statusesIn,
} from './logout-scene.ts';
import { detailOn } from './saml-party.ts';

let key: SigningKey;
let otherKey: SigningKey;
let sekisho: TestSekisho;
let browser: CookieBrowser;
let kumoi: LoggingService;
let moodle: LoggingService;
beforeAll(async () => {
  [key, otherKey] = await Promise.all([newSigner(), newSigner()]);
  sekisho = await startSekisho();
  await sekisho.addAccount();
  const kumoiParty = await openLogging(sekisho, 'kumoi', key);
  const moodleParty = await openLogging(sekisho, 'moodle', otherKey);
  await openLogging(sekisho, 'foreign', otherKey);
  await openLogging(sekisho, 'keyless', key, { signingCertificates: [] });
  parties = { kumoiParty, moodleParty };
});
let parties: Record<'kumoiParty' | 'moodleParty', LoggingService['party']>;
beforeEach(async () => {
  browser = new CookieBrowser();
  kumoi = await enterLogging(sekisho, 'kumoi', parties.kumoiParty, browser);
  moodle = await enterLogging(sekisho, 'moodle', parties.moodleParty, browser);
});
afterAll(() => sekisho.close());

const idOf = (id: string) => `https://${id}.example/metadata`;
const isSignedIn = async () => (await browser.visit(sekisho.issuer)).html.includes('京都 花子');

interface Wishes {
  readonly from?: string;
  readonly nameId?: Partial<LogoutWords['entered']['nameId']>;
  readonly sessionIndex?: string;
  readonly words?: Partial<LogoutWords>;
}

/** What kumoi would send, but for what is wished otherwise. */
function request({ from = 'kumoi', nameId = {}, sessionIndex, words = {} }: Wishes = {}) {
  const { profile } = kumoi;
  const now = Date.now();
  return logoutRequestXml({
    id: `_${systemIds.bytes(16).toString('hex')}`,
    destination: `${sekisho.issuer}/saml/slo`,
    issuedAt: now,
    notOnOrAfter: now + 60_000,
    entered: {
      nameId: { format: profile.nameIDFormat, value: profile.nameID, ...nameId },
      sessionIndex: sessionIndex ?? String(profile.sessionIndex),
      issuer: idOf(from),
    },
    ...words,
  });
}

describe('a LogoutRequest', () => {
  it.each(['redirect', 'post'] as const)('that is good ends the session, by %s', async (way) => {
    const send = way === 'redirect' ? sentByRedirect : sentByPost;
    const { page } = await send(sekisho, browser, request(), { signer: key });
    expect(statesOn(page)).toMatchObject({ 'moodle の名前': 'waiting' });
    expect(await isSignedIn()).toBe(false);
  });

  it('may name the person for us alone', async () => {
    const { certificate } = activeSigner(sekisho.ground.ring.current().keys);
    const encrypt: LogoutWords['encrypt'] = (xml) =>
      encryptNameId(xml, certificate, { cipher: 'aes256-gcm', ids: systemIds });
    await sentByPost(sekisho, browser, request({ words: { encrypt } }), { signer: key });
    expect(await isSignedIn()).toBe(false);
  });

  it('may leave out in which format it names the person', async () => {
    await sentByPost(sekisho, browser, request({ nameId: { format: nameIdFormats.unspecified } }), { signer: key });
    expect(await isSignedIn()).toBe(false);
  });

  it('may leave out which session, and then means all of the person there', async () => {
    const indexed = write(request());
    const unindexed = indexed.replace(/<samlp:SessionIndex>[^<]*<\/samlp:SessionIndex>/, '') as CanonicalXml;
    await sentByPost(sekisho, browser, raw(unindexed), { signer: key });
    expect(await isSignedIn()).toBe(false);
  });

  it.each<[string, () => { message?: Wishes; signer?: () => SigningKey | undefined; reason: string }]>([
    ['is not signed', () => ({ signer: () => undefined, reason: 'signature_missing' })],
    ['another key has signed', () => ({ signer: () => otherKey, reason: 'signature_invalid' })],
    ['comes from nobody who is known', () => ({ message: { from: 'nobody' }, reason: 'sender_unknown' })],
    [
      'another service has signed in the name of this one',
      () => ({ signer: () => otherKey, reason: 'signature_invalid' }),
    ],
    [
      'was meant for another',
      () => ({ message: { words: { destination: 'https://idp.example/slo' } }, reason: 'destination_wrong' }),
    ],
    ['is old', () => ({ message: { words: { issuedAt: Date.now() - 600_000 } }, reason: 'time_wrong' })],
    ['is good no more', () => ({ message: { words: { notOnOrAfter: Date.now() - 600_000 } }, reason: 'time_wrong' })],
  ])('that %s is refused here, by either binding, and ends nothing', async (_what, wishes) => {
    const { message, signer = () => key, reason } = wishes();
    for (const send of [sentByRedirect, sentByPost]) {
      const { page } = await send(sekisho, browser, request(message), { ...withSigner(signer()) });
      expect(page?.status).toBeGreaterThanOrEqual(400);
      expect(detailOn(page)).toContain(reason);
    }
    expect(await isSignedIn()).toBe(true);
  });

  it.each<[string, () => Wishes]>([
    ['the name of somebody else', () => ({ nameId: { value: 'somebody-else' } })],
    ['another format', () => ({ nameId: { format: nameIdFormats.email } })],
    ['the qualifier of another service', () => ({ nameId: { spNameQualifier: idOf('moodle') } })],
    ['another session', () => ({ sessionIndex: '_of-nobody' })],
    ['the session as another service knows it', () => ({ sessionIndex: String(moodle.profile.sessionIndex) })],
    ['the person as another service knows them', () => ({ nameId: { value: moodle.profile.nameID } })],
  ])('with %s is answered UnknownPrincipal, and ends nothing', async (_what, wishes) => {
    const { left } = await sentByRedirect(sekisho, browser, request(wishes()), { signer: key });
    expect(statusesIn(left)).toEqual(['Requester', 'UnknownPrincipal']);
    expect(await isSignedIn()).toBe(true);
  });

  it.each(['moodle', 'foreign'])('of %s about the session of another service ends nothing', async (from) => {
    await sentByRedirect(sekisho, browser, request({ from }), { signer: otherKey });
    expect(await isSignedIn()).toBe(true);
  });

  it('that was acted upon is refused when it comes again', async () => {
    const message = request();
    await sentByRedirect(sekisho, browser, message, { signer: key });
    const { page } = await sentByRedirect(sekisho, browser, message, { signer: key });
    expect(detailOn(page)).toContain('replayed');
  });

  it('of a service that cannot sign asks the person, and ends nothing', async () => {
    const { page } = await sentByRedirect(sekisho, browser, request({ from: 'keyless' }));
    expect(page?.url.pathname).toBe('/logout');
    expect(page?.html).toContain('ログアウトしますか');
    expect(await isSignedIn()).toBe(true);
  });
});

const withSigner = (signer: SigningKey | undefined) => (signer ? { signer } : {});

describe('a LogoutResponse', () => {
  let round: Page;
  let requestId: string;
  beforeEach(async () => {
    const { page } = await submit(browser, sekisho.issuer, await browser.visit(`${sekisho.issuer}/logout`), {});
    if (!page) throw new Error('no page');
    round = page;
    const [frame = ''] = framesOn(page);
    const told = await browser.send(new URL(frame, sekisho.issuer));
    const to = new URL(told.headers.get('location') ?? '');
    const { profile } = await kumoi.party.validateRedirectAsync(
      Object.fromEntries(to.searchParams),
      to.search.slice(1),
    );
    requestId = String((profile as { ID?: unknown } | null)?.ID);
  });

  const response = (words: Partial<AnswerWords> = {}) =>
    logoutResponseXml({
      id: `_${systemIds.bytes(16).toString('hex')}`,
      inResponseTo: requestId,
      destination: `${sekisho.issuer}/saml/slo`,
      issuedAt: Date.now(),
      issuer: idOf('kumoi'),
      status: { top: 'success' },
      ...words,
    });
  const kind = 'SAMLResponse' as const;
  const state = async () => statesOn(await browser.visit(round.url))['kumoi の名前'];

  it.each(['redirect', 'post'] as const)('that is good is the service’s own word, by %s', async (way) => {
    const send = way === 'redirect' ? sentByRedirect : sentByPost;
    await send(sekisho, new CookieBrowser(), response(), { kind, signer: key });
    expect(await state()).toBe('done');
  });

  it.each<[string, () => { words?: Partial<AnswerWords>; signer?: SigningKey | undefined }]>([
    ['is not signed', () => ({})],
    ['another key has signed', () => ({ signer: otherKey })],
    ['another service has sent', () => ({ words: { issuer: idOf('moodle') }, signer: otherKey })],
    ['bears the name of another', () => ({ words: { issuer: idOf('moodle') }, signer: key })],
    ['was meant for another', () => ({ words: { destination: 'https://idp.example/slo' }, signer: key })],
    ['is old', () => ({ words: { issuedAt: Date.now() - 600_000 }, signer: key })],
    ['says Responder', () => ({ words: { status: { top: 'responder' } }, signer: key })],
    ['says PartialLogout', () => ({ words: { status: { top: 'success', second: 'partialLogout' } }, signer: key })],
  ])('that %s makes nothing done', async (_what, wishes) => {
    const { words, signer } = wishes();
    for (const send of [sentByRedirect, sentByPost]) {
      await send(sekisho, browser, response(words), { kind, ...withSigner(signer) });
      expect(await state()).toBe('failed');
    }
  });

  it('that answers nothing which was asked is refused here', async () => {
    const { page } = await sentByRedirect(sekisho, browser, response({ inResponseTo: '_nothing' }), {
      kind,
      signer: key,
    });
    expect(detailOn(page)).toContain('answers no request');
    expect(await state()).toBe('asked');
  });

  it('does not take back what the service has said before', async () => {
    await sentByRedirect(sekisho, browser, response(), { kind, signer: key });
    await sentByRedirect(sekisho, browser, response(), { kind });
    expect(await state()).toBe('done');
  });
});

it('does not look at a request only because somebody looks whether its address is good', async () => {
  const answer = await browser.send(`${sekisho.issuer}/saml/slo?SAMLRequest=x`, { method: 'HEAD' });
  expect(answer.status).toBe(405);
  expect((await follow(browser, sekisho.issuer, '/saml/slo')).page?.status).toBe(400);
});
