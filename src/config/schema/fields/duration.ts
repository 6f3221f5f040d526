/** A length of time, written `10m`, read as milliseconds. */
import { z } from 'zod';
import { notAsDescribed } from '../../../base/document/fields/not-as-described.ts';
import { parseDuration } from '../../../base/duration.ts';

interface Bounds {
  readonly atLeast?: string;
  readonly atMost?: string;
}

/** Bounds are durations too; without them, one second and no upper bound. */
export function duration({ atLeast = '1s', atMost }: Bounds = {}) {
  const lowest = parseDuration(atLeast) ?? 0;
  const highest = atMost === undefined ? undefined : parseDuration(atMost);
  const bounds = atMost === undefined ? `${atLeast} or longer` : `${atLeast} to ${atMost}`;
  return z
    .string()
    .meta({ words: `a duration such as 30s, 10m, 12h or 7d, ${bounds}` })
    .transform((text, context) => {
      const length = parseDuration(text);
      const fits = length !== undefined && length >= lowest && (highest === undefined || length <= highest);
      if (fits) return length;
      context.addIssue(notAsDescribed);
      return z.NEVER;
    });
}
