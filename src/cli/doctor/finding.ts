/** What a check found, how bad it is, and what to do. */

export const severities = ['problem', 'warning', 'note', 'ok'] as const;
export type Severity = (typeof severities)[number];

/** What was looked at; scripts choose by it, so a name stays. */
export type CheckName =
  | 'configuration'
  | 'proxies'
  | 'store'
  | 'disk'
  | 'permissions'
  | 'keys'
  | 'passkeys'
  | 'clock'
  | 'administrator'
  | 'demo'
  | 'audit'
  | 'outbox'
  | 'jobs'
  | 'mail'
  | 'connections'
  | 'policy'
  | 'issuer'
  | 'certificate'
  | 'certificates';

export interface Finding {
  readonly check: CheckName;
  readonly severity: Severity;
  readonly what: string;
  /** Absent where there is nothing to do. */
  readonly todo?: string;
}

const finding =
  (severity: Severity) =>
  (check: CheckName, what: string, todo?: string): Finding => ({
    check,
    severity,
    what,
    ...(todo === undefined ? {} : { todo }),
  });

export const ok = finding('ok');
export const note = finding('note');
export const warning = finding('warning');
export const problem = finding('problem');

/** `found`, or when that is nothing a word that it was looked at. */
export const orOk = (found: readonly Finding[], check: CheckName, what: string): readonly Finding[] =>
  found.length > 0 ? found : [ok(check, what)];
