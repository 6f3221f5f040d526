/** A time zone by its IANA name, as this Node knows it. */
import { z } from 'zod';
import { notAsDescribed } from '../../../base/document/fields/not-as-described.ts';

export const timeZone = () =>
  z.string().refine(isTimeZone, notAsDescribed).meta({ words: 'a time zone by its IANA name, such as Asia/Tokyo' });

/** An offset such as +09:00 is refused: it names no place, and a place may change its offset. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
