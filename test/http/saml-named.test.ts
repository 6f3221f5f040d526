/** Under which name a service wants to be told of somebody (Core 3.4.1.1), and whom it names itself. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { nameIdFormats } from '../../src/protocols/saml/names.ts';
import { subjectNamed } from '../protocols/saml/sample-request.ts';
import { ask, attributeIn, enter, statusIn, textIn } from './saml-party.ts';
import { samlScene } from './saml-scene.ts';

const scene = samlScene();
const { connect, url, go } = scene;

describe('NameIDPolicy', () => {
  beforeEach(() => scene.sekisho.addAccount());
  const policy = (attributes: string) => ({ after: `<samlp:NameIDPolicy ${attributes}/>` });

  it.each(['transient', 'persistent', 'email'] as const)('is given the format that it asks for: %s', async (kind) => {
    await connect({ saml: { nameIds: ['transient', 'persistent', 'email'] } });
    const response = await go(policy(`Format="${nameIdFormats[kind]}" AllowCreate="true"`));
    expect(attributeIn(response, 'saml:NameID', 'Format')).toBe(nameIdFormats[kind]);
  });

  it.each([
    ['a format that the service may not be given', `Format="${nameIdFormats.email}"`],
    ['an encrypted one', `Format="${nameIdFormats.encrypted}"`],
    ['names of another’s name space', 'SPNameQualifier="https://other.example/"'],
  ])('is told InvalidNameIDPolicy, before anybody types a password, for %s', async (_what, attributes) => {
    await connect();
    const response = await go(policy(attributes));
    expect(response.steps).toEqual([]);
    expect(statusIn(response)).toEqual(['Requester', 'InvalidNameIDPolicy']);
  });
});

describe('Subject', () => {
  beforeEach(async () => {
    await scene.sekisho.addAccount();
    await scene.sekisho.addAccount({ loginName: 'a0222222' });
  });
  const named = (value: string | undefined, format: string) => ({ after: subjectNamed(value ?? '', format) });

  it('binds where it is a pseudonym of ours: the same person gets in, another is unknown', async () => {
    await connect({ saml: { nameIds: ['persistent'] } });
    const own = textIn(await go(), 'saml:NameID');
    expect(statusIn(await go(named(own, nameIdFormats.persistent)))).toEqual(['Success']);
    scene.changeBrowser();
    const other = await enter(scene.sekisho, url(named(own, nameIdFormats.persistent)), scene.browser, 'a0222222');
    expect(statusIn(other)).toEqual(['Responder', 'UnknownPrincipal']);
    expect(other.xml).not.toContain('Assertion');
  });

  it('binds where it is the transient name of this session, and is nobody elsewhere', async () => {
    await connect();
    const own = textIn(await go(), 'saml:NameID');
    expect(statusIn(await go(named(own, nameIdFormats.transient)))).toEqual(['Success']);
    expect(statusIn(await go(named(`${own}A`, nameIdFormats.transient)))).toEqual(['Responder', 'UnknownPrincipal']);
    scene.changeBrowser();
    const other = await go(named(own, nameIdFormats.transient));
    expect(other.steps).toEqual([]);
    expect(statusIn(other)).toEqual(['Responder', 'UnknownPrincipal']);
  });

  it('binds where it is an address by which the service knows people', async () => {
    await connect({ saml: { nameIds: ['email'] } });
    const own = named('A0123456@st.kyoto-u.ac.jp', nameIdFormats.email);
    expect(statusIn(await go(own))).toEqual(['Success']);
    scene.changeBrowser();
    expect(statusIn(await enter(scene.sekisho, url(own), scene.browser, 'a0222222'))).toEqual([
      'Responder',
      'UnknownPrincipal',
    ]);
  });

  it('is typed into the form where it is what somebody typed at the service', async () => {
    await connect();
    const page = await ask(scene.sekisho, url({ after: subjectNamed('a0222222') }), scene.browser);
    expect(page?.html).toMatch(/name="username"[^>]*value="a0222222"/);
  });

  it.each(['<saml:EncryptedID/>', '<saml:BaseID/>'])(
    'that nobody here can read is told RequestUnsupported: %s',
    async (inside) => {
      await connect();
      const response = await go({ after: `<saml:Subject>${inside}</saml:Subject>` });
      expect(statusIn(response)).toEqual(['Responder', 'RequestUnsupported']);
    },
  );
});
