/** The identity provider as a service sees it, whichever protocol the two speak. */
import type { Language } from './language.ts';
import type { PendingLogin } from './sessions.ts';

export interface Provider {
  /** Where to send the browser, and what its answer must match. Throws Trouble `unavailable`. */
  begin(language: Language, returnTo: string): Promise<{ readonly url: URL; readonly login: PendingLogin }>;
}
