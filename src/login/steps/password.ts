/**
 * Who, and the password, on one page; or a passkey, which says both. A wrong password, an unknown login name and an account that was never activated
 * get the same words at the same cost; what an account's state is, is told only after its right password.
 */

import type { Instant } from '../../base/clock.ts';
import { auditWrite } from '../../core/audit/event.ts';
import { identifies } from '../../core/credentials/assurance.ts';
import { credentials, type PasswordCredential, passwordOf } from '../../core/credentials/credential.ts';
import { readPasskeyAnswer } from '../../core/credentials/passkeys/passkey-answer.ts';
import { assertionOptions } from '../../core/credentials/passkeys/passkey-assertion.ts';
import { passkeysOf } from '../../core/credentials/passkeys/passkey-held.ts';
import { canonicalPassword } from '../../core/credentials/password-rule.ts';
import { accountByLoginName, canonicalLoginName } from '../../core/people/account.ts';
import { replace, type Stored, type Write } from '../../store/port.ts';
import { configuredPasskeys } from '../configured-passkeys.ts';
import type { Situation } from '../facts.ts';
import { challengeOf, takePasskey } from '../passkey-turn.ts';
import { provenWith } from '../prove.ts';
import { enrolmentDue, isAdding, wantsPassword } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step, StepMeans } from '../step.ts';

/** Longer than any password that can be set, short enough that a hash of it costs what every hash costs. */
const longestInput = 256;

/**
 * The session may answer for the person only if the service does not insist on hearing it from them, and only if nothing
 * is about to be bound to the account for good: whoever finds an unlocked browser must not set up a factor of their own.
 */
function isDue(situation: Situation): boolean {
  const { subject } = situation;
  if (!subject || !identifies(subject.factors) || wantsPassword(situation)) return true;
  return (
    !subject.isProvenHere && (!subject.isNamed || (enrolmentDue(situation)?.kind === 'open' && !isAdding(situation)))
  );
}

export const password = {
  name: 'password',
  asks: 'login',
  isDue,

  async show(means, situation, { locale, problem, typed }) {
    const { config, world } = means;
    const { request, connection, subject, session } = situation;
    const kinds = Object.values(config.accounts.kinds);
    const again = subject && session?.accountId === subject.account.id ? subject.account.loginName : undefined;
    const isFixed = again !== undefined && subject?.isNamed === true;
    const passkey = await offeredPasskey(means, situation, isFixed ? subject.account.id : undefined);
    const unknown = problem?.kind === 'unknown_passkey' ? readPasskeyAnswer(typed?.('passkey') ?? '')?.id : undefined;
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      username: typed?.('username').slice(0, longestInput) ?? again ?? request.loginHint ?? '',
      accountKinds: kinds.map(({ short, loginName }) => ({ label: short, example: loginName.example })),
      ...(isFixed ? { reauthentication: { loginName: again } } : {}),
      ...(passkey ? { passkey: { ...passkey, ...(unknown === undefined ? {} : { unknown }) } } : {}),
      ...(problem ? { error: problem.kind } : {}),
      ...(problem?.kind === 'throttled'
        ? { retryAfterSeconds: Math.max(1, Math.ceil((problem.until - world.clock.now()) / 1000)) }
        : {}),
    };
  },

  async take(means, situation, answer, origin) {
    const { world, hasher, throttle } = means;
    const signed = answer('passkey');
    // No password is guessed at, so what others have guessed does not keep the owner of a passkey waiting.
    if (signed !== '') return takePasskey(means, situation, { answer: signed, actor: origin.actor });
    const loginName = canonicalLoginName(answer('username')).slice(0, longestInput);
    // Composed before it is measured: what could be set in one form of writing must be accepted in every other.
    const typed = canonicalPassword(answer('password'));
    if (loginName === '' || typed === '') return { kind: 'problem', problem: { kind: 'incomplete' } };

    const account = await accountByLoginName(world.store, loginName);
    const knownBrowser = account && origin.knownBrowser?.(account.id);
    const attempted = { loginName, address: origin.address, ...(knownBrowser ? { knownBrowser } : {}) };
    const charge = await throttle.charge(attempted);
    if (charge.kind === 'throttled') return { kind: 'problem', problem: charge };

    // A closed account keeps its name for ever and has no password any more; an issued one has none yet.
    const credential = account && (await passwordOf(world.store, account.id));
    const isUsable = account !== undefined && account.state !== 'issued' && account.state !== 'closed';
    const stored = isUsable && typed.length <= longestInput ? credential?.hash : undefined;
    if (!(await hasher.matches(stored, typed.slice(0, longestInput))) || !account || !credential) {
      await noteFailure(means, situation, origin.actor, account?.id);
      return { kind: 'problem', problem: { kind: 'wrong' } };
    }

    const factor = { kind: 'password' as const, at: world.clock.now(), preset: credential.preset };
    return {
      kind: 'progress',
      progress: provenWith(situation.progress, account.id, factor, credential.edition),
      writes: [...throttle.forgive(attempted), await noteUse(means, credential, typed, factor.at)],
    };
  },
} satisfies Step<'password', object>;

/**
 * Nothing where no browser would take one, where a password itself is what is missing, or where somebody who is asked again has no passkey. Whoever is asked
 * again is offered their own only.
 */
async function offeredPasskey(means: StepMeans, situation: Situation, accountId: string | undefined) {
  const { world, config } = means;
  if (!situation.turn || situation.hasNoPasskeys || wantsPassword(situation)) return undefined;
  if (accountId !== undefined && (await passkeysOf(world, accountId)).length === 0) return undefined;
  const options = assertionOptions(world, configuredPasskeys(config), challengeOf(means, situation), accountId);
  return { options: await options };
}

async function noteFailure(
  { world }: StepMeans,
  { connection }: Situation,
  actor: Parameters<typeof auditWrite>[1],
  accountId: string | undefined,
): Promise<void> {
  const about = { ...(accountId ? { accountId } : {}), ...(connection ? { connectionId: connection.id } : {}) };
  await world.store.commit([auditWrite(world, actor, { type: 'login.failed', ...about })]);
}

/**
 * When it was used, and a stronger hash where the cost has risen. Written with the version that was compared: a password
 * that is changed at this moment wins, and this login starts again.
 */
async function noteUse(
  { hasher }: StepMeans,
  credential: Stored<PasswordCredential>,
  typed: string,
  at: Instant,
): Promise<Write> {
  const hash = hasher.isOutdated(credential.hash) ? await hasher.hash(typed) : credential.hash;
  return replace(credentials, { ...credential, hash, firstUsedAt: credential.firstUsedAt ?? at, lastUsedAt: at });
}
