/** The order in which engines keep ids: by the bytes of UTF-8, hence by code point. JavaScript's own is another. */

/** Negative when `left` comes first. */
export function compareIds(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** UTF-16 writes what lies above U+FFFF with units of U+D800 to U+DFFF: they belong behind those that stand for themselves. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
