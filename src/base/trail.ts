/**
 * Which request, and which login, the work at hand belongs to: every line of the log names them (log.ts), however deep in
 * the house it is written. Both are names only: who knows one can look it up in the log and open nothing with it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Trail {
  /** On an error page it is the reference number that a person reads out. */
  readonly request: string;
  /** The same from the authorization request to the exchange of its code. */
  login?: string;
}

const trails = new AsyncLocalStorage<Trail>();

/** Whatever `work` begins, also what it leaves behind, is on this trail. */
export const onTrail = <Result>(trail: Trail, work: () => Result): Result => trails.run(trail, work);

/** Undefined outside of a request. */
export const trailHere = (): Trail | undefined => trails.getStore();

/** The work at hand turns out to belong to this login. */
export function nameLogin(login: string): void {
  const trail = trails.getStore();
  if (trail) trail.login = login;
}

/** To be spread into whatever remembers the login; nothing outside of one. */
export function loginHere(): { readonly login?: string } {
  const login = trails.getStore()?.login;
  return login === undefined ? {} : { login };
}
