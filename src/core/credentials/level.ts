/**
 * The levels that a login can truthfully reach; configuration maps them to the URIs of each protocol.
 * `password`: a password was checked over TLS. `sfa`: REFEDS Single-Factor Authentication 1.0. `mfa`: REFEDS MFA 2.0, and
 * with it Microsoft's multipleauthn. `aal2`: GakuNin AAL2, for authenticators that its registry lists.
 * `phishing-resistant`: the proof is bound to the address at which it is given.
 */

/** In the order in which they are told where no service asked for one; which is stronger is another question (below). */
export const levels = ['password', 'sfa', 'mfa', 'aal2', 'phishing-resistant'] as const;
export type Level = (typeof levels)[number];

/** A pair says that the second is stronger than the first. Levels that no chain of pairs connects cannot be compared. */
export type LevelOrder = readonly (readonly [weaker: Level, stronger: Level])[];

export function isStronger(order: LevelOrder, stronger: Level, weaker: Level): boolean {
  const above = order.filter(([lower]) => lower === weaker).map(([, upper]) => upper);
  return above.some((level) => level === stronger || isStronger(order, stronger, level));
}

export const isAtLeast = (order: LevelOrder, level: Level, bound: Level): boolean =>
  level === bound || isStronger(order, level, bound);
