import type { Instant } from '../../base/clock.ts';
import type { Account } from '../people/account.ts';

/**
 * Until when an account without a second factor may set one up without a desk: for a while after an activation with a key
 * that was handed over in person. 0 where there was none: whoever stole the password must not be able to.
 */
export const enrolmentEnd = ({ activation }: Account, window: number): Instant =>
  activation?.handed === 'in-person' ? activation.at + window : 0;
