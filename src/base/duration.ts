/** Lengths of time as people write them in configuration: `30s`, `10m`, `12h`, `7d`. */

const millisecondsPerUnit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds for `10m`, or undefined when the text is no duration (a whole number and one of s, m, h, d). */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([smhd])$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * millisecondsPerUnit[match[2] as keyof typeof millisecondsPerUnit];
}

export const minutes = (count: number): number => count * millisecondsPerUnit.m;
export const hours = (count: number): number => count * millisecondsPerUnit.h;
export const days = (count: number): number => count * millisecondsPerUnit.d;
