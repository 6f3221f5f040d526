/** The reference number of an error page. It is the request's own name, so that it finds every line of that request. */
import type { Ids } from '../base/ids.ts';
import { trailHere } from '../base/trail.ts';

/** Letters and digits that are not mistaken for one another when read out over the telephone. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Eight of them, in two groups. Each request has one. */
export function newIncident(ids: Ids): string {
  let letters = '';
  for (const byte of ids.bytes(8)) letters += alphabet[byte % alphabet.length];
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export const incidentHere = (ids: Ids): string => trailHere()?.request ?? newIncident(ids);
