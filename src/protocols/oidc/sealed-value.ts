/**
 * What a code or an access token says, sealed into the value itself: nothing is written when it is issued, and a copy of
 * the database holds no trace of it. So is what a log-out page asks. AES-256-GCM under a key of the ring; the model is
 * associated data, so that no value passes as one of another kind.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import { activeKey, type OpenedKey } from '../../core/keys/ring.ts';
import { JustSealed } from './just-sealed.ts';

/** Of each model the fields that nearly every value has: they are told by their place. A new one goes to the end. */
const places = {
  AuthorizationCode: [
    ...['iat', 'exp', 'clientId', 'accountId', 'grantId', 'sessionUid', 'expiresWithSession', 'sid', 'authTime', 'acr'],
    ...['amr', 'scope', 'redirectUri', 'nonce', 'codeChallenge', 'codeChallengeMethod', 'login', 'node'],
  ],
  AccessToken: [
    ...['iat', 'exp', 'clientId', 'accountId', 'grantId', 'sessionUid', 'expiresWithSession', 'sid', 'gty', 'scope'],
  ],
  LogoutQuestion: ['sessionId', 'clientId', 'state', 'postLogoutRedirectUri'],
} as const satisfies Record<string, readonly string[]>;

export type SealedModel = keyof typeof places;

export type Said = Readonly<Record<string, unknown>>;

export interface Opened {
  readonly said: Said;
  readonly expiresAt: Instant;
}

export interface Sealing {
  seal(model: SealedModel, said: Said, expiresAt: Instant): string;
  /** Undefined for what was altered, sealed as another model, or under a key that is not in the ring (any more). */
  open(model: SealedModel, value: string): Opened | undefined;
}

/** The id of a record has no dot. */
export const isSealed = (value: string): boolean => value.includes('.');

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Every key of the ring opens, since another node may already seal with the next one, or still with the last. */
export function sealingUnder(ring: readonly OpenedKey[], ids: Ids): Sealing {
  const active = activeKey(ring, 'token-sealing');
  const keys = new Map(ring.filter(({ use }) => use === 'token-sealing').map((key) => [String(key.serial), key]));
  const issued = new JustSealed();
  return {
    seal(model, said, expiresAt) {
      const nonce = ids.bytes(nonceLength);
      const options = { authTagLength: tagLength };
      const cipher = createCipheriv(algorithm, active.key, nonce, options).setAAD(contextOf(model, active));
      const text = JSON.stringify(packed(model, said, expiresAt));
      const body = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      const value = `${active.serial}.${body.toString('base64url')}`;
      if (model === 'AuthorizationCode') issued.keep(value, text);
      return value;
    },
    open(model, value) {
      const told = model === 'AuthorizationCode' ? issued.take(value) : undefined;
      if (told !== undefined) return unpacked(model, JSON.parse(told));
      const [serial = '', body = ''] = value.split('.', 2);
      const bytes = Buffer.from(body, 'base64url');
      const key = keys.get(serial);
      // In one spelling only: a used code, written a little differently, would otherwise not be the one that was used.
      if (!key || bytes.length <= nonceLength + tagLength || `${serial}.${bytes.toString('base64url')}` !== value) {
        return undefined;
      }
      const decipher = createDecipheriv(algorithm, key.key, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      })
        .setAAD(contextOf(model, key))
        .setAuthTag(bytes.subarray(-tagLength));
      const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
      try {
        decipher.final();
      } catch {
        return undefined;
      }
      return unpacked(model, JSON.parse(text.toString()));
    },
  };
}

/**
 * Raised where a version would set the mark of a value elsewhere than the one before: what one of the two has sealed the other
 * does not open, so that no code is used once with each.
 */
const forms: Readonly<Record<SealedModel, number>> = { AuthorizationCode: 3, AccessToken: 1, LogoutQuestion: 1 };

const contextOf = (model: SealedModel, { id }: OpenedKey): Buffer => Buffer.from(`${model} ${forms[model]} ${id}`);

type Packed = readonly [expiresAt: Instant, rest: Said | null, ...told: readonly unknown[]];

/** Told by the value itself. */
const known = new Set(['jti', 'kind']);

const placesOf = new Map<SealedModel, ReadonlyMap<string, number>>(
  Object.entries(places).map(([model, fields]) => [
    model as SealedModel,
    new Map(fields.map((field, index) => [field, index])),
  ]),
);

function packed(model: SealedModel, said: Said, expiresAt: Instant): Packed {
  const told: unknown[] = new Array(places[model].length).fill(null);
  const rest: Record<string, unknown> = {};
  for (const field of Object.keys(said)) {
    const place = placesOf.get(model)?.get(field);
    if (place !== undefined) told[place] = said[field];
    else if (!known.has(field)) rest[field] = said[field];
  }
  return [expiresAt, Object.keys(rest).length > 0 ? rest : null, ...told];
}

function unpacked(model: SealedModel, [expiresAt, rest, ...told]: Packed): Opened {
  const said: Record<string, unknown> = { ...rest };
  for (const [index, field] of places[model].entries()) {
    const value = told[index] ?? undefined;
    if (value !== undefined) said[field] = value;
  }
  return { said, expiresAt };
}
