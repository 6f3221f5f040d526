/** What a protocol asks of the login machine, in nobody's protocol. Made by protocols/<name>/login-request.ts. */
import type { AttributeName } from '../core/connections/attribute.ts';
import type { LevelDemand } from '../core/credentials/assurance.ts';

/**
 * Whom a service named: by the account's own id, or by what the account is called in one place only. Such an alias cannot
 * be turned back; it is compared with whoever has proven who they are.
 */
export type NamedAccount =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'alias'; readonly alias: string; readonly place: string };

export interface LoginRequest {
  readonly protocol: 'portal' | 'oidc';
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
}
