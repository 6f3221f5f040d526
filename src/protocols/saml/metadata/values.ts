/** Values of metadata's schema. What is not as the schema has it is as if it were not there: metadata is written by hand. */
import type { Instant } from '../../../base/clock.ts';

/** Of a time that says nothing of its zone too: Core 1.3.3 wants UTC, and some leave out the Z. */
export function instantOf(text: string | undefined): Instant | undefined {
  const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?(Z|[+-]\d\d:\d\d)?$/.exec(text?.trim() ?? '');
  if (!written) return undefined;
  const at = Date.parse(written[1] === undefined ? `${written[0]}Z` : written[0]);
  return Number.isNaN(at) ? undefined : at;
}

export const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1';

/** xs:unsignedShort. */
export const indexOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
