/** How long a place stays empty after a death: not at all after a long life, longer each time that lives are short. */
import { minutes } from '../../base/duration.ts';

const longLife = minutes(1);
/** Milliseconds. */
const first = 1_000;
const longest = 30_000;

/** Milliseconds. `last` is the pause before the life that has ended, `lived` how long that was. */
export function nextPause(last: number, lived: number): number {
  if (lived >= longLife) return 0;
  return last === 0 ? first : Math.min(2 * last, longest);
}
