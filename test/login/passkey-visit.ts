/** A student with a software authenticator, who goes through a login and signs what each page asks for. */
import { credentials, type PasskeyCredential } from '../../src/core/credentials/credential.ts';
import { passkeyChallenge } from '../../src/core/credentials/passkeys/passkey-challenge.ts';
import { registerPasskey } from '../../src/core/credentials/passkeys/passkey-registration.ts';
import { configuredPasskeys } from '../../src/login/configured-passkeys.ts';
import { type Position, subjectIn, type Visitor } from '../../src/login/login.ts';
import { challengeOf } from '../../src/login/passkey-turn.ts';
import type { Stored } from '../../src/store/port.ts';
import { type Ceremony, makePasskey, type SoftwarePasskey } from '../support/software-authenticator.ts';
import { answerOf, type FreshLogin } from './fresh-login.ts';

export const handle = 'h'.repeat(43);

/** What an honest browser says on the page that is shown, or on another. */
export function ceremonyAt({ means }: FreshLogin, { situation }: Position): Ceremony {
  const { site, origins } = configuredPasskeys(means.config);
  const challenge = challengeOf(means, situation).bytes.toString('base64url');
  return { challenge, origin: origins[0] ?? '', site };
}

export interface StoredPasskey {
  readonly device: SoftwarePasskey;
  readonly record: Stored<PasskeyCredential>;
}

/** Made before, and stored. */
export async function storePasskey(
  { means, world, put }: FreshLogin,
  accountId = 'account-1',
  said: Partial<Ceremony> = {},
): Promise<StoredPasskey> {
  const device = makePasskey(accountId);
  const rule = configuredPasskeys(means.config);
  const challenge = passkeyChallenge(means.masterKey, 'a test');
  const ceremony = { challenge: challenge.bytes.toString('base64url'), origin: rule.origins[0] ?? '', site: rule.site };
  const answer = JSON.stringify(device.registration({ ...ceremony, ...said }));
  const made = await registerPasskey(world, rule, { accountId, challenge, unnamed: 'パスキー', answer });
  if (made.kind !== 'registered') throw new TypeError(`the sample passkey was refused: ${made.kind}`);
  const record = await put(credentials, made.factor);
  if (record.kind !== 'passkey') throw new TypeError('a passkey was stored as something else');
  return { device, record };
}

export const stepOf = (position: Position): string =>
  position.kind === 'step' ? position.decision.step.name : position.outcome.kind;

/** Answers what is shown. */
export function send(
  { login }: FreshLogin,
  visitor: Visitor,
  position: Position,
  fields: Readonly<Record<string, string>>,
): Promise<Position> {
  const shown = { step: stepOf(position), turn: position.attempt.version, subject: subjectIn(position.situation) };
  return login.answer(handle, shown, answerOf(fields), visitor);
}
