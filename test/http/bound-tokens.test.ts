/** Tokens that are good only together with the certificate over which they were given out (RFC 8705, 3 and 4). */
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import type { OidcSettings } from '../../src/core/connections/oidc-settings.ts';
import { describeWith } from '../support/needs.ts';
import { type KeyedCertificate, openssl, selfSigned } from '../support/openssl-authority.ts';
import { exchange, logIn } from '../support/relying-party.ts';
import { type CertificateMeans, type CertificateStage, certificateMeans, openStage } from './certificate-stage.ts';
import { enterForLong } from './enter.ts';
import { basic, bearer, codeFields, post, secret, userinfo } from './program.ts';

let means: CertificateMeans;
let stage: CertificateStage;
let own: KeyedCertificate;
let strange: KeyedCertificate;

const digestOf = ({ certificate }: KeyedCertificate): string =>
  Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');

/** A public service: its certificate says nothing of who it is, only that it is the same as before (RFC 8705, 4). */
async function arrive(oidc: Partial<OidcSettings> = {}, parameters: Record<string, string> = {}) {
  await stage.sekisho.addAccount();
  const connection = { id: 'library', oidc: { certificateBoundTokens: true, ...oidc } };
  await stage.sekisho.addConnection(oidc.authentication === undefined ? connection : { ...connection, secret });
  const authentication = oidc.authentication === undefined ? client.None() : client.ClientSecretBasic(secret);
  const party = await stage.openParty('library', own, authentication);
  const { begun, callback } = await logIn(stage.sekisho, party, undefined, { parameters });
  return { party, begun, callback, fields: codeFields(party, callback, begun) };
}

async function redeem(parameters: Record<string, string> = {}) {
  const { party, begun, callback } = await arrive({}, parameters);
  return (await exchange(party, callback, begun)).access_token;
}

async function redeemForLong(): Promise<string> {
  await stage.sekisho.addAccount();
  await stage.sekisho.addConnection({ id: 'library', oidc: { certificateBoundTokens: true } });
  const { tokens } = await enterForLong(stage.sekisho, await stage.openParty('library', own, client.None()));
  return tokens.refresh_token ?? '';
}

const userinfoWith = (token: string, shown: KeyedCertificate | undefined) =>
  stage.ask('/oidc/userinfo', shown, { headers: bearer(token) });
const refreshWith = (refresh: string, shown: KeyedCertificate | undefined) =>
  stage.ask('/oidc/token', shown, {
    fields: { grant_type: 'refresh_token', refresh_token: refresh, client_id: 'library' },
  });

const invalidToken = { status: 401, body: { error: 'invalid_token' } };
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

describeWith(openssl, 'certificate-bound tokens', () => {
  beforeAll(() => {
    means = certificateMeans();
    [own, strange] = [selfSigned(), selfSigned()];
  });
  afterAll(() => means.close());
  beforeEach(async () => {
    stage = await openStage(means);
  });
  afterEach(() => stage.sekisho.close());

  describe('an access token', () => {
    it('is sealed with the digest of the certificate in it, and opens with that certificate alone', async () => {
      const token = await redeem();
      expect(token).toContain('.');
      expect((await userinfoWith(token, own)).status).toBe(200);
      expect(await userinfoWith(token, strange)).toMatchObject(invalidToken);
      expect(await userinfoWith(token, undefined)).toMatchObject(invalidToken);
    });

    it('keeps to its certificate where it is long, and stored under an id', async () => {
      const claims = JSON.stringify({ userinfo: Object.fromEntries(longNames.map((name) => [name, null])) });
      const token = await redeem({ claims });
      expect(token).not.toContain('.');
      expect((await userinfoWith(token, own)).status).toBe(200);
      expect(await userinfoWith(token, strange)).toMatchObject(invalidToken);
    });

    it('is refused at the issuer’s own origin, where no certificate comes', async () => {
      const token = await redeem();
      expect(await userinfo(stage.sekisho, token)).toMatchObject(invalidToken);
      const headers = { 'client-cert': `:${new X509Certificate(own.certificate).raw.toString('base64')}:` };
      expect(await userinfo(stage.sekisho, token, headers)).toMatchObject(invalidToken);
    });

    it('is not given out without a certificate, and the code goes on being good', async () => {
      const { fields } = await arrive();
      const asked = { ...fields, client_id: 'library' };
      expect(await stage.ask('/oidc/token', undefined, { fields: asked })).toMatchObject(invalidGrant);
      expect(await post(stage.sekisho, '/oidc/token', asked)).toMatchObject(invalidGrant);
      expect((await stage.ask('/oidc/token', own, { fields: asked })).status).toBe(200);
    });

    it('is shown with the digest to whoever checks it for the service (RFC 8705, 3.2)', async () => {
      const token = await redeem();
      await stage.sekisho.addConnection({ id: 'museum', secret, oidc: { mayIntrospect: true } });
      expect(await post(stage.sekisho, '/oidc/introspect', { token }, basic('museum'))).toMatchObject({
        status: 200,
        body: { active: true, cnf: { 'x5t#S256': digestOf(own) } },
      });
    });

    it('of a service with a secret is bound as well, and both are asked for', async () => {
      const { fields } = await arrive({ authentication: 'client_secret_basic' });
      const without = await stage.ask('/oidc/token', own, { fields: { ...fields, client_id: 'library' } });
      expect(without).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      const { body } = await stage.ask('/oidc/token', own, { fields, headers: basic('library') });
      expect((await userinfoWith(String(body.access_token), own)).status).toBe(200);
      expect(await userinfoWith(String(body.access_token), strange)).toMatchObject(invalidToken);
    });

    it('is not bound where the connection does not say so, whatever certificate is shown', async () => {
      const { party, begun, callback } = await arrive({ certificateBoundTokens: false });
      const { access_token: token } = await exchange(party, callback, begun);
      expect((await userinfo(stage.sekisho, token)).status).toBe(200);
    });
  });

  describe('the refresh token of a public service', () => {
    it('is good with the certificate over which it was given out, and so is what it brings', async () => {
      const refresh = await redeemForLong();
      const { status, body } = await refreshWith(refresh, own);
      expect(status).toBe(200);
      expect((await userinfoWith(String(body.access_token), own)).status).toBe(200);
      expect(await userinfoWith(String(body.access_token), strange)).toMatchObject(invalidToken);
      // What took its place is bound like it.
      expect(await refreshWith(String(body.refresh_token), strange)).toMatchObject(invalidGrant);
    });

    it.each([
      ['another certificate', () => strange],
      ['none', () => undefined],
    ])('is refused with %s, and stays good for its owner', async (_what, shown) => {
      const refresh = await redeemForLong();
      expect(await refreshWith(refresh, shown())).toMatchObject(invalidGrant);
      expect((await refreshWith(refresh, own)).status).toBe(200);
    });
  });
});

const longNames = Array.from({ length: 60 }, (_none, index) => `claim_with_a_rather_long_name_${index}`);
