import { createPublicKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { hours } from '../../../src/base/duration.ts';
import { connections, isOidc } from '../../../src/core/connections/connection.ts';
import type { SendOutcome } from '../../../src/core/notices/sender.ts';
import { openOutgoing } from '../../../src/outgoing/open-outgoing.ts';
import { privateJwks } from '../../../src/protocols/oidc/jwks.ts';
import { logoutSender } from '../../../src/protocols/oidc/logout-sender.ts';
import { insert, replace } from '../../../src/store/port.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { type ConnectionWishes, sampleConnection } from '../../core/sample-records.ts';
import { openLocal } from '../../outgoing/client.ts';
import { type LogoutListener, openLogoutListener } from '../../support/logout-listener.ts';
import { sampleRing } from './sample-ring.ts';

const issuer = 'https://sekisho.example';
const content = { protocol: 'oidc', connectionId: 'kulasis', sid: 'sid-1', sub: 'sub-1' } as const;

describe('the sender of logout messages', () => {
  const fresh = freshWorld();
  let service: LogoutListener;
  beforeEach(async () => {
    service = await openLogoutListener();
  });
  afterEach(() => service.goDown());

  async function register({ oidc, ...wishes }: ConnectionWishes = {}): Promise<void> {
    const connection = sampleConnection({ ...wishes, oidc: { backchannelLogoutUri: service.url, ...oidc } });
    await fresh().world.store.commit([insert(connections, connection)]);
  }

  /** `means`: what differs from those of the ground. */
  function send(
    createdAt = fresh().clock.now(),
    means: Partial<Parameters<typeof logoutSender>[0]> = {},
    signal = new AbortController().signal,
  ): Promise<SendOutcome> {
    const sender = logoutSender({ world: fresh().world, ring: sampleRing, outgoing: openLocal(), issuer, ...means });
    return sender(content, { id: 'notice-1', createdAt }, signal);
  }

  it.each(['RS256', 'ES256', 'EdDSA'] as const)('posts a logout token as a form, signed with %s', async (algorithm) => {
    await register({ oidc: { idTokenAlgorithm: algorithm } });
    expect(await send()).toEqual({ kind: 'accepted' });
    const [heard] = service.heard;
    expect(heard).toMatchObject({ method: 'POST', contentType: 'application/x-www-form-urlencoded' });
    const key = sampleRing.current().keys.find(({ state, algorithm: own }) => state === 'active' && own === algorithm);
    if (!key) throw new Error('no such key');
    const { payload, protectedHeader } = await jwtVerify(heard?.token ?? '', createPublicKey(key.key), {
      currentDate: new Date(fresh().clock.now()),
    });
    expect(protectedHeader).toEqual({ alg: algorithm, kid: expect.stringMatching(/^[\w-]{43}$/), typ: 'logout+jwt' });
    const iat = Math.floor(fresh().clock.now() / 1000);
    expect(payload).toEqual({
      iss: issuer,
      aud: 'kulasis',
      sub: 'sub-1',
      sid: 'sid-1',
      iat,
      exp: iat + 120,
      jti: expect.stringMatching(/^notice-1\./),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
  });

  it('makes each attempt a token of its own, with its own time', async () => {
    await register();
    await send();
    fresh().clock.advance(hours(30));
    await send();
    const [first, second] = service.heard.map(({ token }) => decodeJwt(token));
    expect(first?.jti).not.toBe(second?.jti);
    expect(second?.iat).toBe(Number(first?.iat) + 30 * 3600);
  });

  it.each([200, 204, 202])('takes %i for success', async (status) => {
    await register();
    service.answer = (response) => void response.writeHead(status).end();
    expect(await send()).toEqual({ kind: 'accepted' });
  });

  it.each([301, 401, 404, 405, 429, 500, 503])('will try the whole service again after %i', async (status) => {
    await register();
    service.answer = (response) => void response.writeHead(status, { location: 'https://kulasis.example/' }).end();
    const reason = status === 301 ? 'redirect' : `status ${status}`;
    expect(await send(0)).toEqual({ kind: 'later', reason });
  });

  it('will try a message again that the service did not take, this one alone and not for long', async () => {
    await register();
    service.answer = (response) =>
      void response.writeHead(400).end(JSON.stringify({ error: 'invalid_request', error_description: 'sid-1' }));
    const { clock } = fresh();
    const createdAt = clock.now();
    const reason = 'status 400 invalid_request';
    clock.advance(hours(1) - 1);
    expect(await send(createdAt)).toEqual({ kind: 'later', reason, about: 'notice' });
    clock.advance(1);
    expect(await send(createdAt)).toEqual({ kind: 'never', reason });
  });

  it.each(['', '{', '{"error":"Dear operator, call 075-753"}', 'null'])(
    'repeats nothing of the answer %p',
    async (body) => {
      await register();
      service.answer = (response) => void response.writeHead(400).end(body);
      expect(await send(0)).toEqual({ kind: 'never', reason: 'status 400' });
    },
  );

  it('will try again when nobody answers', async () => {
    await register();
    await service.goDown();
    expect(await send()).toEqual({ kind: 'later', reason: 'unreachable' });
    await service.goUp();
  });

  it('lets go of a service that is silent when this node must stop', async () => {
    await register();
    service.answer = () => undefined;
    const stop = new AbortController();
    const sending = send(undefined, {}, stop.signal);
    await service.until(1);
    stop.abort();
    expect(await sending).toEqual({ kind: 'later', reason: 'aborted' });
  });

  it.each([
    ['address_refused', 'https://127.0.0.1/'],
    ['address_refused', 'https://mykuline.localhost/'],
    ['port_refused', 'https://kulasis.example:25/'],
    ['userinfo_refused', 'https://kulasis@evil.example/'],
    ['scheme_refused', 'ftp://kulasis.example/'],
    ['url_invalid', 'backchannel-logout'],
  ])('never sends where it may not: %s for %s', async (reason, backchannelLogoutUri) => {
    await register({ oidc: { backchannelLogoutUri } });
    const outgoing = openOutgoing({ allow: [], limits: { connectTime: 5_000, totalTime: 5_000, bodyBytes: 1_000 } });
    expect(await send(undefined, { outgoing })).toEqual({ kind: 'never', reason });
    outgoing.close();
  });

  describe('reads the connection as it now stands', () => {
    const change = async (changes: ConnectionWishes): Promise<void> => {
      const { store } = fresh().world;
      const known = await store.get(connections, 'kulasis');
      if (!known || !isOidc(known)) throw new Error('not registered');
      await store.commit([replace(connections, { ...known, ...changes, oidc: { ...known.oidc, ...changes.oidc } })]);
    };

    it('and tells the new address', async () => {
      await register({ oidc: { backchannelLogoutUri: 'https://before.example/' } });
      await change({ oidc: { backchannelLogoutUri: service.url } });
      expect(await send()).toEqual({ kind: 'accepted' });
    });

    it('and sends nothing to a suspended one until it runs again', async () => {
      await register();
      await change({ state: 'suspended' });
      expect(await send()).toEqual({ kind: 'later', reason: 'connection.suspended' });
      expect(service.heard).toEqual([]);
      await change({ state: 'active' });
      expect(await send()).toEqual({ kind: 'accepted' });
    });

    it('and gives up one that is gone', async () => {
      expect(await send()).toEqual({ kind: 'never', reason: 'connection.not_found' });
    });

    it('and gives up where it listens no longer', async () => {
      await fresh().world.store.commit([insert(connections, sampleConnection())]);
      expect(await send()).toEqual({ kind: 'never', reason: 'no logout address' });
    });
  });

  it('names the key as the published set does', async () => {
    await register();
    await send();
    const { keys } = await privateJwks(sampleRing.current().keys);
    const { kid } = decodeProtectedHeader(service.heard[0]?.token ?? '');
    expect(keys.find((key) => key.alg === 'RS256')?.kid).toBe(kid);
  });
});
