/**
 * What an attempt has proven and still may rely on. A login that lay open while its password was changed, or while the
 * factor that it used was taken away, has proven nothing by it: whoever stole the one must not outlive its recovery.
 */
import { credentials, passwordOf } from '../core/credentials/credential.ts';
import type { FactorUse } from '../core/credentials/factor-use.ts';
import type { World } from '../core/world.ts';
import type { Progress } from './attempt.ts';

/** `added`: credentials that are written in the commit for which this is asked, and so are not to be read yet. */
export async function standingProgress(
  world: World,
  progress: Progress,
  added: readonly string[] = [],
): Promise<Progress> {
  const { proven, ...rest } = progress;
  if (!proven) return progress;
  const stands = await Promise.all(
    proven.factors.map(
      (use) =>
        (use.kind !== 'password' && added.includes(use.credentialId)) ||
        isStanding(world, proven.accountId, use, proven.edition),
    ),
  );
  const factors = proven.factors.filter((_, i) => stands[i]);
  return factors.length === 0 ? rest : { ...rest, proven: { ...proven, factors } };
}

/**
 * What was begun for one person is not finished by another, who signed in here or in another tab since: nobody is given a
 * factor whose secret somebody else has seen, and nobody sees the recovery codes of somebody else.
 */
export function progressAbout(progress: Progress, accountId: string): Progress {
  if (progress.about === undefined || progress.about === accountId) return { ...progress, about: accountId };
  const { proven, choice, acceptedTerms, allowedRelease, declined } = progress;
  const kept = { proven, choice, acceptedTerms, allowedRelease, declined };
  const known = Object.entries(kept).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(known) as Omit<Progress, 'about'>), about: accountId };
}

async function isStanding({ store }: World, accountId: string, use: FactorUse, edition: string | undefined) {
  if (use.kind === 'password') return (await passwordOf(store, accountId))?.edition === edition;
  const credential = await store.get(credentials, use.credentialId);
  // A new pass has the id of the one before: what was opened with that one is closed, since it may have been stolen.
  if (credential?.kind === 'temporary-pass' && credential.givenAt > use.at) return false;
  return credential?.accountId === accountId;
}
