/** What a protocol asks of the login machine, in nobody's protocol. Made by protocols/<name>/login-request.ts. */
import type { AttributeName } from '../core/connections/attribute.ts';
import type { LevelDemand } from '../core/credentials/assurance.ts';

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
  /** Only this account will do: the service named its subject. */
  readonly accountId?: string;
  /** Typed into the form beforehand, nothing more. */
  readonly loginHint?: string;
  /** What would be released, within what the connection is approved for. */
  readonly attributes: readonly AttributeName[];
}
