/**
 * Who, and the password, on one page. A wrong password, an unknown login name and an account that was never activated
 * get the same words at the same cost; what an account's state is, is told only after its right password.
 */

import { auditWrite } from '../../core/audit/event.ts';
import { authenticatedAt } from '../../core/credentials/assurance.ts';
import { credentials, type PasswordCredential, passwordOf } from '../../core/credentials/credential.ts';
import { canonicalPassword } from '../../core/credentials/password-rule.ts';
import { accountByLoginName, canonicalLoginName } from '../../core/people/account.ts';
import { replace, type Stored, type Write } from '../../store/port.ts';
import type { Situation } from '../facts.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step, StepMeans } from '../step.ts';

/** Longer than any password that can be set, short enough that a hash of it costs what every hash costs. */
const longestInput = 256;

/** `least`: what was proven a moment ago, in this very attempt, is young enough for any wish. Seconds. */
function isTooOld({ now, request, subject }: Situation, least = 0): boolean {
  if (request.maxAgeSeconds === undefined) return false;
  const at = subject && authenticatedAt(subject.factors);
  return at === undefined || now - at > Math.max(request.maxAgeSeconds, least) * 1000;
}

/** The session may answer for the person only if the service does not insist on hearing it from them. */
function isDue(situation: Situation): boolean {
  const { request, subject } = situation;
  if (!subject) return true;
  if (subject.isProvenHere) return isTooOld(situation, 60);
  return request.force || !subject.isNamed || isTooOld(situation) || subject.factors.length === 0;
}

export const password = {
  name: 'password',
  asks: 'login',
  isDue,

  show({ config, world }, { request, connection, subject, session }, { locale, problem, typed }) {
    const kinds = Object.values(config.accounts.kinds);
    const again = subject && session?.accountId === subject.account.id ? subject.account.loginName : undefined;
    return {
      ...(connection ? { service: serviceOf(connection, locale) } : {}),
      username: typed?.('username').slice(0, longestInput) ?? again ?? request.loginHint ?? '',
      accountKinds: kinds.map(({ short, loginName }) => ({ label: short, example: loginName.example })),
      ...(again === undefined || !subject?.isNamed ? {} : { reauthentication: { loginName: again } }),
      ...(problem ? { error: problem.kind } : {}),
      ...(problem?.kind === 'throttled'
        ? { retryAfterSeconds: Math.max(1, Math.ceil((problem.until - world.clock.now()) / 1000)) }
        : {}),
    };
  },

  async take(means, situation, answer, origin) {
    const { world, hasher, throttle } = means;
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
      progress: {
        ...situation.progress,
        proven: { accountId: account.id, factors: [factor], edition: credential.edition },
      },
      writes: [...throttle.forgive(attempted), await noteUse(means, credential, typed)],
    };
  },
} satisfies Step<'password', object>;

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
  { world, hasher }: StepMeans,
  credential: Stored<PasswordCredential>,
  typed: string,
): Promise<Write> {
  const hash = hasher.isOutdated(credential.hash) ? await hasher.hash(typed) : credential.hash;
  return replace(credentials, { ...credential, hash, lastUsedAt: world.clock.now() });
}
