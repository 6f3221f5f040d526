/**
 * A passkey at a page of a login: what it is to sign there, and what follows from its answer. The page that asks for a
 * password asks here, and so does the one that asks for a second factor.
 */
import { type Actor, auditWrite } from '../core/audit/event.ts';
import { type PasskeyProof, provePasskey } from '../core/credentials/passkeys/passkey-assertion.ts';
import { type PasskeyChallenge, passkeyChallenge } from '../core/credentials/passkeys/passkey-challenge.ts';
import { planReversal } from '../core/credentials/passkeys/passkey-reversal.ts';
import { accounts } from '../core/people/account.ts';
import { configuredPasskeys } from './configured-passkeys.ts';
import type { Situation } from './facts.ts';
import { provenWith } from './prove.ts';
import type { StepMeans, StepMistake, StepResult } from './step.ts';

/** Of this page alone: once it was answered the attempt has moved on, and what was signed for it is worth nothing. */
export function challengeOf({ masterKey }: StepMeans, { turn }: Situation): PasskeyChallenge {
  if (!turn) throw new Error('a passkey is asked for without a page');
  return passkeyChallenge(masterKey, 'login', turn.attemptId, String(turn.number));
}

export interface PasskeyAnswer {
  /** As the browser sent it. */
  readonly answer: string;
  /** Whose passkey it must be; anybody's where nobody is known. */
  readonly accountId?: string;
  readonly actor: Actor;
}

export async function takePasskey(
  means: StepMeans,
  situation: Situation,
  { answer, accountId, actor }: PasskeyAnswer,
): Promise<StepResult> {
  const { world, config } = means;
  const proof = await provePasskey(world, configuredPasskeys(config), {
    challenge: challengeOf(means, situation),
    answer,
    ...(accountId === undefined ? {} : { accountId }),
  });
  if (proof.kind === 'proven' && (await isUsable(means, proof.accountId))) {
    const progress = provenWith(situation.progress, proof.accountId, proof.use);
    return { kind: 'progress', progress, writes: [proof.write] };
  }
  await noteFailure(means, situation, actor, proof);
  return { kind: 'problem', problem: { kind: mistakes[proof.kind] } };
}

const mistakes: Readonly<Record<PasskeyProof['kind'], StepMistake>> = {
  proven: 'failed',
  failed: 'failed',
  unknown: 'unknown_passkey',
  reversed: 'passkey_reversed',
};

/** As with a password: what stands in the way of an account that once was activated is told by the table, not here. */
async function isUsable({ world }: StepMeans, accountId: string): Promise<boolean> {
  const account = await world.store.get(accounts, accountId);
  return account !== undefined && account.state !== 'issued' && account.state !== 'closed';
}

async function noteFailure(
  { world, masterKey }: StepMeans,
  { connection }: Situation,
  actor: Actor,
  proof: PasskeyProof,
): Promise<void> {
  const about = {
    ...('accountId' in proof ? { accountId: proof.accountId } : {}),
    ...(connection ? { connectionId: connection.id } : {}),
  };
  const failed = auditWrite(world, actor, { type: 'login.failed', ...about, factor: 'passkey' });
  if (proof.kind !== 'reversed') return world.store.commit([failed]);
  return world.store.commit([failed, ...(await planReversal(world, masterKey, actor, proof))]);
}
