/**
 * The levels that a login can truthfully reach; configuration maps them to the URIs of each protocol.
 * `password`: a password was checked over TLS. `sfa`: REFEDS Single-Factor Authentication 1.0, which a password meets
 * only when the policy under which it was set meets that profile's criteria (12 characters of 52, or 8 of 72).
 */

/** Lowest to highest. */
export const levels = ['password', 'sfa'] as const;
export type Level = (typeof levels)[number];
