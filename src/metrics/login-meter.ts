/** Logins: how they went, at which service, and how long each step took. */
import { Counter, Histogram, type Registry } from 'prom-client';
import type { ObserveLogin } from '../login/observe.ts';

/** Seconds; a password hash takes some 0.05, a queue of them more. */
const stepBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Seconds, most of them a person's. */
const loginBuckets = [1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];

/** The portal is no connection. Parentheses are in no identifier. */
const noConnection = '(portal)';

export function loginMeter(registry: Registry): ObserveLogin {
  const registers = [registry];
  const attempts = new Counter({
    name: 'sekisho_login_attempts_total',
    help: 'Logins begun that needed an attempt, by protocol',
    labelNames: ['protocol'],
    registers,
  });
  const logins = new Counter({
    name: 'sekisho_logins_total',
    help: 'Logins ended, by protocol, connection and outcome: granted, passed (the session answered) or why denied',
    labelNames: ['protocol', 'connection', 'outcome'],
    registers,
  });
  const sessions = new Counter({
    name: 'sekisho_sessions_total',
    help: 'Single sign-on sessions that a login started, or raised by more factors',
    labelNames: ['how'],
    registers,
  });
  const answers = new Counter({
    name: 'sekisho_login_step_answers_total',
    help: 'Answers to steps of a login, by step and result: progress, or the problem with them',
    labelNames: ['step', 'result'],
    registers,
  });
  const steps = new Histogram({
    name: 'sekisho_login_step_seconds',
    help: 'Time that the server took for an answer to a step',
    labelNames: ['step'],
    buckets: stepBuckets,
    registers,
  });
  const lengths = new Histogram({
    name: 'sekisho_login_seconds',
    help: 'Time from the beginning of an attempt to its end, where it was granted; most of it is the person’s',
    buckets: loginBuckets,
    registers,
  });

  return (observed) => {
    switch (observed.kind) {
      case 'began':
        attempts.inc({ protocol: observed.protocol });
        break;
      case 'answered':
        answers.inc({ step: observed.step, result: observed.result });
        steps.observe({ step: observed.step }, observed.milliseconds / 1000);
        break;
      case 'ended':
        if (observed.session !== undefined) sessions.inc({ how: observed.session });
        if (observed.outcome === 'granted') lengths.observe(Math.max(0, observed.milliseconds) / 1000);
        logins.inc(labelsOf(observed, observed.outcome));
        break;
      case 'passed':
        logins.inc(labelsOf(observed, 'passed'));
        break;
    }
  };
}

const labelsOf = (
  { protocol, connectionId }: { readonly protocol: string; readonly connectionId?: string },
  outcome: string,
) => ({ protocol, connection: connectionId ?? noConnection, outcome });
