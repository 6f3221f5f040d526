/**
 * Authenticator apps: RFC 6238 as every app can do it, HMAC-SHA-1, six digits, a new code every 30 seconds.
 *
 * A clock may be one step off either way (RFC 6238, 5.2), so three codes of a million are good at any moment for each app.
 * What keeps guessing hopeless is how few guesses there are (throttle.ts, login.throttle.factor): five at once, then waits
 * that double from five seconds to twelve hours, which makes 19 on the first day and two on each day after it. Whoever has
 * the password and goes on for a year has made 747 guesses, each with a chance of 3 in 1,000,000: 0.006 % on the first day,
 * 0.2 % in the year. Each login of the owner clears that count, but not the lasting one, of which 50 in 30 days are free and
 * then two a day: fewer than 1,340 in a year, or 0.4 %.
 */
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import type { Instant } from '../../base/clock.ts';
import { replace, type Stored, type Write } from '../../store/port.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { seal, unseal } from '../keys/seal.ts';
import type { World } from '../world.ts';
import { type Credential, credentials, type TotpCredential } from './credential.ts';
import type { UseOf } from './factor-use.ts';

export const totpDigits = 6;
const stepSeconds = 30;
/** RFC 4226, 4: 160 bits are recommended. */
const secretBytes = 20;

/** What an app is told: the first by a QR code or a link, the second by typing it. */
export interface TotpInvitation {
  readonly uri: string;
  /** Base32 in groups of four. */
  readonly key: string;
}

/** A new secret, sealed until an app has shown that it has it: what was begun for one account opens for no other. */
export const newTotpSecret = ({ ids }: World, key: MasterKey, accountId: string): string =>
  seal(key, 'factors', ids, placeOfNew(accountId), ids.bytes(secretBytes));

const placeOfNew = (accountId: string): string => `new totp of ${accountId}`;

/**
 * The names under which an app keeps it. Every reserved or foreign letter is percent-encoded as UTF-8, a space as %20:
 * apps read `+` as itself.
 * @throws DomainError `key.unreadable` when the secret was sealed for another account, or under another master key.
 */
export function totpInvitation(
  key: MasterKey,
  accountId: string,
  sealedSecret: string,
  { issuer, loginName }: { readonly issuer: string; readonly loginName: string },
): TotpInvitation {
  const secret = new ScureBase32Plugin().encode(unseal(key, 'factors', placeOfNew(accountId), sealedSecret));
  // A colon parts issuer and account in the label.
  const uri = generateURI({ issuer: issuer.replaceAll(':', ' '), label: loginName.replaceAll(':', ' '), secret });
  return { uri, key: secret.replace(/.{4}(?=.)/g, '$& ') };
}

/** The time step whose code this is, one step off at most. `code` is six digits. */
function stepOf(secret: Uint8Array, code: string, now: Instant): number | undefined {
  const found = verifySync({ secret, token: code, epoch: Math.floor(now / 1000), epochTolerance: stepSeconds });
  return found.valid && 'timeStep' in found ? found.timeStep : undefined;
}

export interface NewTotp {
  readonly accountId: string;
  readonly name: string;
  readonly sealedSecret: string;
  /** Six digits. */
  readonly code: string;
}

/**
 * The factor that is set up, or undefined where the code is not that of the secret. The code that proves it is used up
 * with that.
 * @throws DomainError `key.unreadable` when the secret was sealed for another account.
 */
export function confirmTotp({ ids, clock }: World, key: MasterKey, asked: NewTotp): TotpCredential | undefined {
  const { accountId, name, sealedSecret, code } = asked;
  const now = clock.now();
  const secret = unseal(key, 'factors', placeOfNew(accountId), sealedSecret);
  const lastStep = stepOf(secret, code, now);
  if (lastStep === undefined) return undefined;
  const id = ids.id();
  return {
    id,
    accountId,
    kind: 'totp',
    name,
    addedAt: now,
    lastUsedAt: now,
    sealedSecret: seal(key, 'factors', ids, id, secret),
    lastStep,
  };
}

/** That an app was used just now. */
export const totpUse = ({ id, lastUsedAt = 0 }: TotpCredential): UseOf<'totp'> => ({
  kind: 'totp',
  at: lastUsedAt,
  credentialId: id,
});

export type TotpCheck =
  /**
   * `write` takes the code out of use. It is a compare-and-swap: of twenty answers with the same code one is committed
   * and the others meet `store.conflict`.
   */
  | { readonly kind: 'right'; readonly use: UseOf<'totp'>; readonly write: Write }
  /** The code of this moment or one just past, accepted before: whoever looked over the shoulder gets no further. */
  | { readonly kind: 'used' }
  | { readonly kind: 'wrong' };

/**
 * Looks among all apps of the account. `code` is six digits. Charge the throttle first.
 * @throws DomainError `key.unreadable` when a secret was sealed under another master key.
 */
export function checkTotp(key: MasterKey, held: readonly Stored<Credential>[], code: string, now: Instant): TotpCheck {
  const matches = held.flatMap((app) => {
    if (app.kind !== 'totp') return [];
    const step = stepOf(unseal(key, 'factors', app.id, app.sealedSecret), code, now);
    return step === undefined ? [] : [{ app, step }];
  });
  const fresh = matches.find(({ app, step }) => step > app.lastStep);
  if (!fresh) return { kind: matches.length > 0 ? 'used' : 'wrong' };
  const used = { ...fresh.app, lastStep: fresh.step, lastUsedAt: now };
  return { kind: 'right', use: totpUse(used), write: replace(credentials, used) };
}

/**
 * The same secret under the master key in force.
 * @throws DomainError `key.unreadable`
 */
export const sealedTotpAgain = (
  { ids }: World,
  key: MasterKey,
  app: Stored<TotpCredential>,
): Stored<TotpCredential> => ({
  ...app,
  sealedSecret: seal(key, 'factors', ids, app.id, unseal(key, 'factors', app.id, app.sealedSecret)),
});
