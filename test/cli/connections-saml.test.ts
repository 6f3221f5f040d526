import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { days } from '../../src/base/duration.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { connectionByEntityId } from '../../src/core/connections/registry.ts';
import { turnRing, turnRingNow } from '../../src/core/keys/turn-ring.ts';
import { signEnveloped } from '../../src/protocols/saml/signature/sign.ts';
import { verifyEnveloped } from '../../src/protocols/saml/signature/verify.ts';
import { parseXml } from '../../src/protocols/saml/xml/parse.ts';
import { element, write } from '../../src/protocols/saml/xml/write.ts';
import { answer, type LocalServer, serve } from '../outgoing/local-server.ts';
import { groupOf, makeCertificate, mellon, shibboleth } from '../protocols/saml/metadata/sample-metadata.ts';
import { newSigner, pemOf } from '../protocols/saml/sample-keys.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
let clock: FakeClock;
let certificate: string;
beforeEach(async () => {
  clock = new FakeClock();
  certificate = await makeCertificate();
  cli().write('sp.xml', shibboleth(certificate));
});

const head = (id: string) => `
  - id: ${id}
    stage: test
    name: { ja: ウィキ, en: Wiki }
    homeUrl: https://sp.example.ac.jp/
    desk: { name: { ja: 窓口, en: Desk }, mail: desk@example.ac.jp }
    release: [{ attribute: mail, required: true }]
    consent: none
`;
const documentOf = (...entries: readonly string[]) => `connections:${entries.join('')}`;
const wiki = (saml = '{ metadata: sp.xml }', id = 'wiki') => `${head(id)}    saml: ${saml}\n`;
const importing = (text: string, ...more: readonly string[]) => {
  cli().write('connections.yaml', text);
  return cli().sekisho(['connections', 'import', 'connections.yaml', ...more], { edges: { clock } });
};
const run = (...argv: readonly string[]) => cli().sekisho(argv, { edges: { clock } });
const stored = (id = 'wiki') => cli().onGround(({ world }) => world.store.get(connections, id));

describe('connections import of a SAML service', () => {
  it('connects it by the metadata beside the document, and tells what was read and what is worth knowing', async () => {
    const { exitCode, out } = await importing(documentOf(wiki()));
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^wiki: new\n {2}note: saml\.metadata: read: https:\/\/sp\.example\.ac\.jp\/shibboleth; 2 addresses for responses; 3 addresses for logout; CN=sp\.example\.ac\.jp, SHA-256 .*; from the file sp\.xml, not signed\n/,
    );
    expect(out).toContain('note: saml.metadata: the metadata has no validUntil');
    expect(out).toContain('HTTP-POST-SimpleSign');
    const found = await cli().onGround(({ world }) =>
      connectionByEntityId(world, 'https://sp.example.ac.jp/shibboleth'),
    );
    expect(found).toMatchObject({
      id: 'wiki',
      saml: { signingCertificates: [certificate], encrypts: 'when-possible' },
    });
  });

  it('takes the example in config/', async () => {
    cli().write('wiki-metadata.xml', shibboleth(certificate));
    const { exitCode, out } = await importing(readFileSync('config/connections.saml.example.yaml', 'utf8'));
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^wiki: new\n(?: .*\n)*kumoi: new\n/),
    });
    expect((await stored('kumoi'))?.entityId).toBe('urn:federation:MicrosoftOnline');
  });

  it('is told the same for programs', async () => {
    cli().write('connections.yaml', documentOf(wiki()));
    expect(await cli().json(['connections', 'import', 'connections.yaml'])).toMatchObject({
      connections: [{ id: 'wiki', outcome: 'new', notes: expect.arrayContaining([expect.stringContaining('read: ')]) }],
    });
  });

  it('is exported as a document that changes nothing when it is imported', async () => {
    await importing(documentOf(wiki()));
    const { out } = await run('connections', 'export');
    expect(parse(out)).toMatchObject({ connections: [{ id: 'wiki', saml: { signingCertificates: [certificate] } }] });
    expect((await importing(out)).out).toMatch(/^wiki: unchanged\n/);
  });

  it('says which certificate comes and which goes', async () => {
    await importing(documentOf(wiki()));
    cli().write('sp.xml', shibboleth(await makeCertificate({ host: 'new.example.ac.jp' })));
    const { out } = await importing(documentOf(wiki()));
    expect(out).toMatch(
      /saml\.signingCertificates: \["CN=sp\.example\.ac\.jp, SHA-256 [0-9A-F:]{95}, until 20..-..-.."\] → \["CN=new\.example\.ac\.jp, /,
    );
    expect(out).not.toContain(certificate.slice(0, 40));
  });

  it('takes the entity that is named out of a group', async () => {
    cli().write('sp.xml', groupOf([shibboleth(certificate), mellon(certificate)]));
    const refused = await importing(documentOf(wiki()));
    expect(refused.err).toMatch(/connections\[0\]\.saml\.metadata: holds 2 entities; .*connections\.yaml:\d+:\d+/);
    const chosen = '{ metadata: sp.xml, entityId: "https://wiki.example.ac.jp/mellon/metadata" }';
    expect((await importing(documentOf(wiki(chosen)))).exitCode).toBe(0);
    expect((await stored())?.entityId).toBe('https://wiki.example.ac.jp/mellon/metadata');
  });

  it.each([
    ['a file that is not there', '{ metadata: none.xml }', 'the file none.xml cannot be read'],
    [
      'a certificate that is not there',
      '{ metadata: sp.xml, metadataCertificate: none.pem }',
      'the certificate in none.pem cannot be read',
    ],
    [
      'metadata that is not signed, with the certificate of who should have',
      '{ metadata: sp.xml, metadataCertificate: federation.pem }',
      'is not signed',
    ],
    [
      'an address where nobody is',
      '{ metadata: "https://127.0.0.1:9/metadata" }',
      'cannot be fetched from https://127.0.0.1:9/metadata',
    ],
  ])('refuses %s', async (_, saml, words) => {
    cli().write('federation.pem', pemOf(certificate));
    const { exitCode, err } = await importing(documentOf(wiki(saml)));
    expect(exitCode).toBe(1);
    expect(err).toContain(`connections[0].saml.metadata: `);
    expect(err).toContain(words);
    expect(await stored()).toBeUndefined();
  });

  it('believes a signature by the certificate of the federation, and no other', async () => {
    const [federation, stranger] = await Promise.all([newSigner(), newSigner()]);
    const acs = {
      Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      Location: 'https://sp.example.ac.jp/acs',
      index: '0',
    };
    const role = element('md:SPSSODescriptor', { protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol' }, [
      element('md:AssertionConsumerService', acs),
    ]);
    const unsigned = write(element('md:EntityDescriptor', { ID: '_m', entityID: 'https://sp.example.ac.jp/' }, [role]));
    cli().write('sp.xml', await signEnveloped(unsigned, federation));
    cli().write('federation.pem', pemOf(federation.certificate));
    cli().write('stranger.pem', pemOf(stranger.certificate));
    const by = (name: string) => documentOf(wiki(`{ metadata: sp.xml, metadataCertificate: ${name}.pem }`));
    expect((await importing(by('stranger'))).err).toContain(
      'is not signed with the certificate of metadataCertificate',
    );
    expect((await importing(by('federation'))).out).toContain('signed with the certificate of metadataCertificate');
    expect((await importing(documentOf(wiki()))).out).toContain('signed, and not checked without metadataCertificate');
  });

  it('gives an entityID to one connection', async () => {
    await importing(documentOf(wiki()));
    const { exitCode, err } = await importing(documentOf(wiki(undefined, 'other')));
    expect({ exitCode, err }).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('connections[0].saml: https://sp.example.ac.jp/shibboleth is wiki already'),
    });
  });

  it('says what another name of the service does to its people, and nothing of it while that stays', async () => {
    await importing(documentOf(wiki()));
    cli().write('sp.xml', shibboleth(certificate).replace('/shibboleth"', '/Shibboleth/"'));
    const { out } = await importing(documentOf(wiki()));
    expect(out).toMatch(
      /\n {2}note: saml\.entityId: everybody has another persistent NameID, pairwise-id and eduPersonTargetedID there from now on/,
    );
    expect((await importing(documentOf(wiki()))).out).not.toContain('from now on');
  });

  it('says when a new one is called nearly as another is', async () => {
    await importing(documentOf(wiki()));
    cli().write('sp.xml', shibboleth(certificate).replace('/shibboleth"', '/Shibboleth/"'));
    const { out } = await importing(documentOf(wiki(undefined, 'other')));
    expect(out).toContain(
      'note: saml.entityId: wiki is called https://sp.example.ac.jp/shibboleth, which differs in letter case or a slash only',
    );
    expect((await importing(documentOf(wiki(undefined, 'other')))).out).not.toContain('which differs');
  });

  it('does not turn a connection by SAML into one by OpenID Connect', async () => {
    await importing(documentOf(wiki()));
    const oidc = `${head('wiki')}    oidc: { authentication: none, redirectUris: ["https://sp.example.ac.jp/cb"], subject: public }\n`;
    expect((await importing(documentOf(oidc))).err).toContain('wiki is connected by another protocol');
  });
});

describe('metadata by address', () => {
  let host: LocalServer;
  let body: string;
  beforeEach(async () => {
    body = shibboleth(certificate);
    host = await serve((socket) => answer('HTTP/1.1 200 OK', body)(socket));
  });
  afterEach(() => host.close());

  it('is fetched, and where from is told', async () => {
    const { exitCode, out } = await importing(documentOf(wiki(`{ metadata: "http://localhost:${host.port}/sp" }`)));
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining(`; from http://localhost:${host.port}/sp, not signed`),
    });
  });

  it('cannot steer the terminal of who reads what it says', async () => {
    body = body.replace('entityID="https://sp', 'entityID="https://\u009b2J\u0085sp');
    const { out, err } = await importing(documentOf(wiki(`{ metadata: "http://localhost:${host.port}/sp" }`)));
    expect(out + err).not.toMatch(/[\u0080-\u009f]/);
  });
});

describe('connections list', () => {
  it('shows the protocol, and the name that goes out without its level', async () => {
    const told = `{ metadata: sp.xml, tellsTrustedBrowserAs: "https://refeds.org/profile/mfa" }`;
    await importing(documentOf(wiki(`${told}\n    requiredLevel: mfa\n    trustedBrowser: policy`)));
    const { out } = await run('connections', 'list');
    expect(out).toMatch(/│ wiki +│ .* │ saml +│ test/);
    expect(out).toMatch(
      /\nwiki: a login in which a trusted browser stood in for the second factor is told as https:\/\/refeds/,
    );
    expect(await cli().json(['connections', 'list'])).toMatchObject({
      connections: [
        {
          protocol: 'saml',
          entityId: 'https://sp.example.ac.jp/shibboleth',
          tellsTrustedBrowserAs: 'https://refeds.org/profile/mfa',
        },
      ],
    });
  });
});

describe('a pinned key', () => {
  const pin = '{ metadata: sp.xml, pinnedKey: saml-signing-rs256-1 }';
  /** To where the key would have been dropped. */
  const turnTwice = () =>
    cli().onGround(async ({ world, turning }) => {
      for (const length of [days(3285 - 180), days(181), days(31)]) {
        clock.advance(length);
        await turnRing({ ...world, clock }, turning, { kind: 'system' });
      }
    });

  it('stays while it is pinned, is listed so, and goes when it is not', async () => {
    await importing(documentOf(wiki(pin)));
    await turnTwice();
    const { out } = await run('keys', 'list');
    expect(out).toMatch(/saml-signing +│ RS256 +│ 1 +│ retiring │ .* │ is kept for wiki/);
    const doctor = await run('doctor');
    expect(doctor.out + doctor.err).toMatch(
      /wiki pins the key saml-signing-rs256-1, which signs for nobody else any more/,
    );
    const metadata = await run('connections', 'metadata', 'wiki');
    const record = await run('keys', 'certificate', 'saml-signing-rs256-1');
    const der = record.out.replaceAll(/-----[A-Z ]+-----|\s/g, '');
    expect(metadata.out).toContain(`<md:KeyDescriptor use="signing">`);
    expect(metadata.out).toContain(der);
    expect((await run('connections', 'metadata')).out).not.toContain(der);
    await importing(documentOf(wiki()));
    expect((await run('keys', 'rotate')).out).toContain('saml-signing-rs256-1: gone.');
  });

  it('goes in an emergency all the same, and the doctor says what that means', async () => {
    await importing(documentOf(wiki(pin)));
    await cli().onGround(({ world, turning }) => turnRingNow(world, turning, { kind: 'system' }, ['saml-signing']));
    expect((await run('doctor')).err).toMatch(
      /problem +connections: wiki pins the key saml-signing-rs256-1, which is gone/,
    );
  });
});

describe('connections metadata', () => {
  it('prints what is served, signed by the active key', async () => {
    const { exitCode, out } = await run('connections', 'metadata');
    expect(exitCode).toBe(0);
    const { out: pem } = await run('keys', 'certificate');
    const root = verifyEnveloped(parseXml(out.trim()), [pem.replaceAll(/-----[A-Z ]+-----|\s/g, '')]);
    expect(root.name).toBe('EntityDescriptor');
  });

  it('has nothing for a service that speaks OpenID Connect', async () => {
    const oidc = `${head('wiki')}    oidc: { authentication: none, redirectUris: ["https://sp.example.ac.jp/cb"], subject: public }\n`;
    await importing(documentOf(oidc));
    expect(await cli().json(['connections', 'metadata', 'wiki'])).toMatchObject({
      ok: false,
      refused: [{ reason: 'not_saml' }],
    });
  });
});
