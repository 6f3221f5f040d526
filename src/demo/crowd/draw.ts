/** Chance that can be repeated: the same seed and place give the same draws. For invented people, never for a secret. */

export interface Draw {
  /** From 0 to `count` - 1. */
  below(count: number): number;
  of<T>(choices: readonly [T, ...T[]]): T;
  /** True in so many of a hundred. */
  isAmong(percent: number): boolean;
}

/** Mulberry32, begun at the hash of seed and place. */
export function drawAt(seed: string, place: string): Draw {
  let state = hashOf(`${seed}/${place}`);
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
  return {
    below,
    of: (choices) => choices[below(choices.length)] ?? choices[0],
    isAmong: (percent) => below(100) < percent,
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
