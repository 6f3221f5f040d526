/** What the web needs of the protocols. protocols/<name> offers it; the web mounts it and tells it how logins ended. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoginOrigin } from '../login/facts.ts';
import type { Outcome } from '../login/outcome.ts';
import type { Saml } from '../protocols/saml/saml.ts';

/** Where a login was asked for, whichever protocol it was asked in. */
export interface LoginAsker {
  readonly name: 'oidc' | 'saml';
  /**
   * The login under this handle has ended so.
   * @returns the path where the browser goes on.
   * @throws DomainError `attempt.not_found` when that was told before, or too long ago.
   */
  deliver(handle: string, outcome: Outcome): Promise<string>;
}

/** One that answers its requests itself, below our own pages. */
export interface Protocol extends LoginAsker {
  serves(path: string): boolean;
  /** A POST there may come from another site: its body is kept, and the browser sent back by GET with its cookies. */
  takesPost(path: string): boolean;
  keepPosted(parameters: string, from: LoginOrigin): Promise<string>;
  answer(req: IncomingMessage, res: ServerResponse, from: () => LoginOrigin): Promise<void>;
}

export interface Protocols {
  readonly oidc: Protocol;
  readonly saml: Saml;
}
