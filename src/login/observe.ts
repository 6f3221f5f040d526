/**
 * What the login machine tells whoever counts logins or writes them down. Names only: nothing that was typed, and nothing
 * that opens an attempt. Whoever is told neither fails nor keeps the login waiting.
 */
import { type Attempt, loginNameOf } from './attempt.ts';
import type { Situation } from './facts.ts';
import type { DenialReason } from './outcome.ts';
import type { LoginRequest } from './request.ts';
import type { StepProblem } from './step.ts';

interface OfLogin {
  /** What the log and the audit trail call it (attempt.ts). */
  readonly login: string;
  readonly protocol: LoginRequest['protocol'];
  /** Of a connection that is there: what a request made up is not repeated. */
  readonly connectionId?: string;
}

export type LoginObservation =
  | ({ readonly kind: 'began' } & OfLogin)
  | ({
      readonly kind: 'answered';
      /** A step of the table. */
      readonly step: string;
      readonly result: 'progress' | StepProblem['kind'];
      /** That the server took to take the answer. */
      readonly milliseconds: number;
    } & OfLogin)
  | ({
      readonly kind: 'ended';
      readonly outcome: 'granted' | DenialReason;
      /** Undefined where the session stayed as it was. */
      readonly session?: 'started' | 'risen';
      /** From the beginning, most of it the person's own time. */
      readonly milliseconds: number;
    } & OfLogin)
  /** The session answered for the person: no attempt, no page. */
  | { readonly kind: 'passed'; readonly protocol: LoginRequest['protocol']; readonly connectionId?: string };

export type ObserveLogin = (observation: LoginObservation) => void;

export const connectionIn = ({ connection }: Situation) => (connection ? { connectionId: connection.id } : {});

export const namesOf = ({ id, request }: Attempt, situation: Situation) => ({
  login: loginNameOf(id),
  protocol: request.protocol,
  ...connectionIn(situation),
});
