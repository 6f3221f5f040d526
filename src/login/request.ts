/** What a protocol asks of the login machine, in nobody's protocol. Made by protocols/<name>/login-request.ts. */
import type { AttributeName } from '../core/attributes/definition.ts';
import type { Level } from '../core/credentials/level.ts';

/**
 * Whom a service named: by the account's own id, or by what the account is called in one place only. Such an alias cannot
 * be turned back; it is compared with whoever has proven who they are.
 */
export type NamedAccount =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'alias'; readonly alias: string; readonly place: string };

/** Levels of which one is to be reached. `essential`: else the login fails; otherwise it is a wish. */
export interface LevelDemand {
  readonly acceptable: readonly Level[];
  readonly essential: boolean;
}

export interface LoginRequest {
  readonly protocol: 'portal' | 'oidc' | 'saml';
  /** Absent for the portal itself. */
  readonly connectionId?: string;
  readonly demand: LevelDemand;
  /** Every factor is to be proven again, in this attempt. */
  readonly force: boolean;
  /** The oldest factor may be this old. */
  readonly maxAgeSeconds?: number;
  /** Ask which account, even where a session answers it. */
  readonly chooseAccount: boolean;
  /** Ask for the release, even where it was allowed before. */
  readonly askRelease: boolean;
  /** Only the account that each of these names will do; empty where the service named nobody. */
  readonly named: readonly NamedAccount[];
  /** Typed into the form beforehand, nothing more. */
  readonly loginHint?: string;
  /** What would be released, within what the connection is approved for. */
  readonly attributes: readonly AttributeName[];
  /** What the protocol needs again for its answer, in its own words; nobody here reads it. */
  readonly carried?: string;
  /** One more second factor is to be set up, by somebody who has just proven one. The portal's alone, as is the next. */
  readonly addsFactor?: boolean;
  /** A path of ours to come back to. Our own code chose it: a path that somebody handed in would lead anywhere. */
  readonly returnTo?: string;
}

/** Asks for no level and no service; a session that is there will do. */
export const portalRequest: LoginRequest = {
  protocol: 'portal',
  demand: { acceptable: [], essential: false },
  force: false,
  chooseAccount: false,
  askRelease: false,
  named: [],
  attributes: [],
};
