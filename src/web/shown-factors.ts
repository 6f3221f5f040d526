/** What a person sees of their factors: never a secret, nor what an authenticator could be recognised by elsewhere. */
import type { Instant } from '../base/clock.ts';
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import { isNamedFactor } from '../core/access/fresh-check.ts';
import type { OwnAccount } from '../core/access/own-account.ts';
import type { NamedFactor } from '../core/credentials/add-factor.ts';
import type { Credential } from '../core/credentials/credential.ts';
import { enrolmentEnd } from '../core/credentials/enrolment-end.ts';
import { maskedAddress } from '../core/credentials/masked-address.ts';
import { productOf } from '../core/credentials/passkeys/passkey-products.ts';
import { fewRecoveryCodes } from '../core/credentials/recovery-codes.ts';
import { formatCount, formatDate } from '../i18n/format.ts';
import { deskOfKind } from '../login/configured-desk.ts';
import type { OwnFactor, SetUpState } from './account-views.ts';

export interface Reader {
  readonly config: Config;
  readonly locale: Locale;
  readonly now: Instant;
}

export const dayOf = ({ config, locale }: Reader, at: Instant): string =>
  formatDate(at, locale, config.university.timeZone);

/** `isWhole`: also what stays hidden from whoever finds an unlocked browser. */
export function shownFactor(reader: Reader, factor: NamedFactor, isWhole = false): OwnFactor {
  const { kind, name, addedAt, lastUsedAt } = factor;
  const detail = detailOf(factor, isWhole);
  return {
    kind,
    name,
    ...(detail === undefined ? {} : { detail }),
    isSynced: factor.kind === 'passkey' && factor.isBackedUp,
    ...(factor.kind === 'certificate' ? { ends: dayOf(reader, factor.expiresAt) } : {}),
    added: dayOf(reader, addedAt),
    ...(lastUsedAt === undefined ? {} : { lastUsed: dayOf(reader, lastUsedAt) }),
  };
}

function detailOf(factor: NamedFactor, isWhole: boolean): string | undefined {
  switch (factor.kind) {
    case 'mail-code':
      return isWhole ? factor.address : maskedAddress(factor.address);
    case 'passkey':
      return productOf(factor.aaguid);
    case 'certificate':
      return factor.subject;
    case 'totp':
      return undefined;
  }
}

/** Oldest first: a list that does not move under the finger. */
export const namedAmong = <T extends Credential>(held: readonly T[]): readonly (T & NamedFactor)[] =>
  held.filter(isNamedFactor).toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));

export function passwordSetOn(reader: Reader, held: readonly Credential[]): { readonly passwordSet?: string } {
  const password = held.find(({ kind }) => kind === 'password');
  return password?.kind === 'password' ? { passwordSet: dayOf(reader, password.setAt) } : {};
}

interface ShownCodes {
  readonly left: string;
  readonly isFew: boolean;
  readonly made?: string;
}

/** Undefined where there is no factor that they could stand in for. */
export function shownRecoveryCodes(
  reader: Reader,
  held: readonly Credential[],
  hasSecondFactor: boolean,
): ShownCodes | undefined {
  if (!hasSecondFactor) return undefined;
  const codes = held.find(({ kind }) => kind === 'recovery-code');
  if (codes?.kind !== 'recovery-code') return { left: '0', isFew: true };
  const left = codes.codes.length;
  return { left: formatCount(left), isFew: left <= fewRecoveryCodes, made: dayOf(reader, codes.madeAt) };
}

export function setUpState(
  reader: Reader,
  { account }: OwnAccount,
  held: readonly Credential[],
  hasSecondFactor: boolean,
): SetUpState {
  const { config, locale, now } = reader;
  const hasPass = held.some((credential) => credential.kind === 'temporary-pass' && credential.expiresAt > now);
  if (hasSecondFactor || hasPass) return { kind: 'open' };
  const end = enrolmentEnd(account, config.enrolment.window);
  // The last day is named whole: whoever comes on it is still in time, whatever the hour.
  if (now < end) return { kind: 'until', day: dayOf(reader, end - 1) };
  return { kind: 'desk', desk: deskOfKind(config, account.kind, locale) };
}
