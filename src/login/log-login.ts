/** Writes logins down: when one began, each answer, and how it ended, with the reason of a denial. */
import type { Log } from '../base/log.ts';
import { nameLogin, trailHere } from '../base/trail.ts';
import type { ObserveLogin } from './observe.ts';

export const logLogins =
  (log: Log): ObserveLogin =>
  (observed) => {
    const trail = trailHere();
    if (observed.kind === 'passed') {
      // No attempt gave it a name; the request is all that there was of it.
      if (trail) nameLogin(trail.request);
      return;
    }
    const { kind, login, ...told } = observed;
    nameLogin(login);
    // Outside of a request there is no trail that names it.
    log.info({ ...(trail ? {} : { login }), ...rounded(told) }, sentences[kind]);
  };

const sentences = { began: 'login began', answered: 'login step answered', ended: 'login ended' } as const;

const rounded = <Told extends object>(told: Told): Told =>
  'milliseconds' in told ? { ...told, milliseconds: Math.round(Number(told.milliseconds)) } : told;
