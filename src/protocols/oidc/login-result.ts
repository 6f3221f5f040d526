/** What the login machine decided, told to oidc-provider: the result is put on its interaction, which then resumes. */
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { DomainError } from '../../base/errors.ts';
import type { Outcome } from '../../login/outcome.ts';
import { denialErrors } from './gate.ts';
import { isResumed } from './resumed.ts';

/**
 * Their presence says that these were asked. `login` names nobody: whom the session is of, ours alone says. An account
 * here would make oidc-provider end the session of whoever has signed in since in another tab, unasked.
 */
const answeredPrompts = { login: null, consent: {}, select_account: {} };

/**
 * @returns where the browser goes to resume: a path under /oidc/.
 * @throws DomainError `attempt.not_found` when the interaction has been resumed already, or has expired.
 */
export async function deliverResult(provider: Provider, uid: string, outcome: Outcome): Promise<string> {
  const interaction = await provider.Interaction.find(uid);
  if (!interaction || isResumed(interaction)) throw new DomainError('attempt.not_found');
  // The session it began in may have been replaced by another account's; who finishes is checked by the gate, which
  // compares the session named here with that of the browser.
  delete (interaction as { session?: unknown }).session;
  interaction.result = (
    outcome.kind === 'granted'
      ? { ...answeredPrompts, sekisho: { sessionId: outcome.sessionId, factors: outcome.factors } }
      : { error: denialErrors[outcome.reason], error_description: outcome.reason.replaceAll('_', ' ') }
  ) as InteractionResults;
  await interaction.persist();
  const { pathname } = new URL(interaction.returnTo);
  return pathname;
}
