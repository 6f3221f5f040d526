/** How a service proves itself by the certificate in its TLS connection (RFC 8705, 2): what opens, and what must not. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { isDomainError } from '../../src/base/errors.ts';
import { planKeepList } from '../../src/core/certificates/revocation-list.ts';
import { takeList } from '../../src/core/certificates/take-list.ts';
import { describeWith } from '../support/needs.ts';
import { type KeyedCertificate, openAuthority, openssl, selfSigned } from '../support/openssl-authority.ts';
import { exchange, logIn } from '../support/relying-party.ts';
import {
  type CertificateMeans,
  type CertificateStage,
  certificateMeans,
  knocking,
  letIn,
  openStage,
  refused,
} from './certificate-stage.ts';
import { post } from './program.ts';

let means: CertificateMeans;
let stage: CertificateStage;
let good: KeyedCertificate;

const subject = '/C=JP/O=Example University/CN=library';
const written = 'CN=library,O=Example University,C=JP';
const withSubject = () =>
  stage.sekisho.addConnection({
    id: 'library',
    oidc: { authentication: 'tls_client_auth', tls: { subjectDn: written } },
  });

const knock: CertificateStage['knock'] = (shown, headers) => stage.knock(shown, headers);

describeWith(openssl, 'by the certificate in its TLS connection', () => {
  beforeAll(() => {
    means = certificateMeans();
    good = means.authority.issue({ subject, names: 'DNS:one.library.example,DNS:library.example' });
  });
  afterAll(() => means.close());
  beforeEach(async () => {
    stage = await openStage(means);
  });
  afterEach(() => stage.sekisho.close());

  describe('a service known by its name', () => {
    it('is let in through a whole login', async () => {
      await stage.sekisho.addAccount();
      await withSubject();
      const party = await stage.openParty('library', good);
      const { begun, callback } = await logIn(stage.sekisho, party);
      const tokens = await exchange(party, callback, begun);
      expect(tokens.refresh_token).toBeUndefined();
      const sub = tokens.claims()?.sub ?? '';
      expect(await client.fetchUserInfo(party.config, tokens.access_token, sub)).toMatchObject({ sub });
    });

    it('is let in at each place where services authenticate', async () => {
      await withSubject();
      expect(await knock(good)).toMatchObject(letIn);
      expect(await stage.ask('/oidc/revoke', good, { fields: knocking })).toMatchObject({ status: 200 });
      const redirect_uri = 'https://library.example/callback';
      const asked = { client_id: 'library', response_type: 'code', scope: 'openid', redirect_uri, nonce: 'n' };
      const pkce = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };
      const pushed = await stage.ask('/oidc/request', good, { fields: { ...asked, ...pkce } });
      expect(pushed).toMatchObject({ status: 201, body: { request_uri: expect.any(String) } });
    });

    it('is let in by any of several alternative names', async () => {
      await stage.sekisho.addConnection({
        id: 'library',
        oidc: { authentication: 'tls_client_auth', tls: { sanDns: 'library.example' } },
      });
      expect(await knock(good)).toMatchObject(letIn);
      const other = means.authority.issue({ subject, names: 'DNS:library.example.evil' });
      expect(await knock(other)).toMatchObject(refused);
    });

    it('is let in when it sends along the authority below ours that issued it', async () => {
      await withSubject();
      const below = means.authority.below('/C=JP/O=Example University/CN=Below');
      const leaf = below.issue({ subject });
      expect(await knock({ ...leaf, certificate: leaf.certificate + below.certificate })).toMatchObject(letIn);
      expect(await knock(leaf)).toMatchObject(refused);
    });

    it('is let in again over a TLS session that it remembers, though what it sends along is not sent a second time', async () => {
      await withSubject();
      const below = means.authority.below('/C=JP/O=Example University/CN=Below');
      const leaf = below.issue({ subject });
      const shown = { ...leaf, certificate: leaf.certificate + below.certificate };
      const agent = new Agent({ keepAlive: false });
      const asked = { fields: knocking, agent };
      for (let round = 0; round < 3; round += 1) {
        expect(await stage.ask('/oidc/introspect', shown, asked)).toMatchObject(letIn);
      }
    });

    const bad: readonly (readonly [what: string, shown: () => KeyedCertificate | undefined, reason: string])[] = [
      ['without a certificate', () => undefined, 'client certificate was not provided'],
      [
        'with the certificate of another service',
        () => means.authority.issue({ subject: '/C=JP/O=Example University/CN=museum' }),
        'certificate subject value does not match the registered one',
      ],
      [
        'with a name that only reads the same',
        () => means.authority.issue({ subject: '/C=JP/CN=library,O=Example University' }),
        'certificate subject value does not match the registered one',
      ],
      [
        'with an expired one',
        () => means.authority.issue({ subject, from: '20200101000000Z', until: '20210101000000Z' }),
        'client certificate is refused: expired',
      ],
      [
        'with one that is not good yet',
        () => means.authority.issue({ subject, from: '21000101000000Z', until: '21010101000000Z' }),
        'client certificate is refused: not_yet_valid',
      ],
      [
        'with one for servers',
        () => means.authority.issue({ subject, purpose: 'serverAuth' }),
        'client certificate is refused: unfit',
      ],
      [
        'with one that it signed itself',
        () => selfSigned({ subject }),
        'client certificate is refused: unknown_authority',
      ],
      [
        'with one of another authority of the same name',
        () => {
          const other = openAuthority();
          try {
            return other.issue({ subject });
          } finally {
            other.close();
          }
        },
        'client certificate is refused: unknown_authority',
      ],
    ];
    it.each(bad)('is refused %s', async (_what, shown, reason) => {
      await withSubject();
      expect(await knock(shown())).toMatchObject(refused);
      expect(stage.reasonTold()).toBe(reason);
      expect(await knock(good)).toMatchObject(letIn);
    });

    it('is refused with a revoked one', async () => {
      const lost = means.authority.issue({ subject });
      await believeList();
      await withSubject();
      expect(await knock(lost)).toMatchObject(letIn);
      means.authority.revoke(lost.certificate);
      await believeList();
      await withSubject();
      expect(await knock(lost)).toMatchObject(refused);
      expect(stage.reasonTold()).toBe('client certificate is refused: revoked');
      expect(await knock(good)).toMatchObject(letIn);
    });

    it('is refused when the list is no longer in force, where that is the rule', async () => {
      await believeList('20200101000000Z');
      await withSubject();
      expect(await knock(good)).toMatchObject(refused);
      expect(stage.reasonTold()).toBe('client certificate is refused: list_stale');
    });

    it('is refused at the issuer’s own origin, where nobody is asked for a certificate', async () => {
      await withSubject();
      expect(await post(stage.sekisho, '/oidc/introspect', knocking)).toMatchObject(refused);
      // Over the listener that asks, the issuer's Host is not answered at all (web/middleware/host.ts).
      expect(await knock(good, { host: new URL(stage.sekisho.issuer).host })).toMatchObject({ status: 421 });
    });

    it('is refused with a certificate in a header that it wrote itself', async () => {
      await withSubject();
      const { raw } = new X509Certificate(good.certificate);
      const headers = {
        'client-cert': `:${raw.toString('base64')}:`,
        'x-ssl-client-cert': encodeURIComponent(good.certificate),
      };
      expect(await knock(undefined, headers)).toMatchObject(refused);
      const host = new URL(stage.origin).host;
      expect((await post(stage.sekisho, '/oidc/introspect', knocking, { ...headers, host })).status).not.toBe(200);
    });

    it('is refused with a secret, and by its name alone at no place more', async () => {
      await withSubject();
      const authorization = `Basic ${Buffer.from('library:secret').toString('base64')}`;
      expect(
        await stage.ask('/oidc/introspect', good, { fields: { token: 't' }, headers: { authorization } }),
      ).toMatchObject(refused);
      for (const path of ['/oidc/token', '/oidc/revoke', '/oidc/request']) {
        expect((await stage.ask(path, undefined, { fields: knocking })).status).toBe(401);
      }
    });
  });

  describe('the origin that asks for certificates', () => {
    it('is told in discovery, with what can be done there', async () => {
      const discovery = `${stage.sekisho.issuer}/.well-known/openid-configuration`;
      const document = (await (await fetch(discovery)).json()) as Record<string, unknown>;
      expect(document).toMatchObject({
        token_endpoint: `${stage.sekisho.issuer}/oidc/token`,
        mtls_endpoint_aliases: {
          token_endpoint: `${stage.origin}/oidc/token`,
          introspection_endpoint: `${stage.origin}/oidc/introspect`,
          revocation_endpoint: `${stage.origin}/oidc/revoke`,
          pushed_authorization_request_endpoint: `${stage.origin}/oidc/request`,
          userinfo_endpoint: `${stage.origin}/oidc/userinfo`,
        },
        tls_client_certificate_bound_access_tokens: true,
      });
      expect(document.token_endpoint_auth_methods_supported).toEqual(
        expect.arrayContaining(['tls_client_auth', 'self_signed_tls_client_auth']),
      );
      expect(Object.keys(document.mtls_endpoint_aliases as object)).toHaveLength(5);
    });

    it.each([
      '/',
      '/login',
      '/oidc/auth',
      '/oidc/logout',
      '/oidc/jwks',
      '/.well-known/openid-configuration',
      '/account',
    ])('does not serve %s', async (path) => {
      expect((await stage.ask(path, good)).status).toBe(421);
    });
  });
});

/** Begins anew, with a list that the authority makes now. */
async function believeList(until?: string): Promise<void> {
  const file = means.authority.list(until);
  await stage.sekisho.close();
  const lists = JSON.stringify([{ file }]);
  const rule = {
    SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'refuse',
    SEKISHO__CERTIFICATES__REVOCATION__LISTS: lists,
  };
  stage = await openStage(means, { environment: rule });
  const { world, certificates } = stage.sekisho.ground;
  const taken = await takeList(readFileSync(file), certificates?.authorities ?? [], world.clock.now());
  if (!taken.ok) throw new Error(taken.fault);
  const kept = await planKeepList(world, file, taken.list);
  // The job that does this may have been first.
  if (kept.kind === 'kept') await world.store.commit(kept.writes).catch(unlessKept);
}

function unlessKept(error: unknown): void {
  if (!isDomainError(error, 'store.duplicate') && !isDomainError(error, 'store.conflict')) throw error;
}
