/**
 * Marks a browser in which an account has signed in, so that its owner is throttled apart from strangers. The mark is
 * a nonce and a MAC over account and nonce: no record is kept, and it proves nothing but "was here before".
 */
import type { Ids } from '../base/ids.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { isMac, mac } from '../core/keys/seal.ts';

/** A browser is shared by few people; the oldest mark goes first. */
const mostMarks = 4;

export function markBrowser(key: MasterKey, ids: Ids, marks: string | undefined, accountId: string): string {
  const nonce = ids.id();
  const mark = `${nonce}~${mac(key, 'known-browsers', accountId, nonce)}`;
  const kept = marksOf(marks).filter((known) => !isMarkOf(key, known, accountId));
  return [mark, ...kept].slice(0, mostMarks).join('!');
}

/** The nonce of this account's mark, or undefined in a browser that is new to it. */
export function knownMark(key: MasterKey, marks: string | undefined, accountId: string): string | undefined {
  return marksOf(marks)
    .find((mark) => isMarkOf(key, mark, accountId))
    ?.split('~')[0];
}

const marksOf = (marks: string | undefined): readonly string[] =>
  (marks ?? '').split('!').filter(Boolean).slice(0, mostMarks);

function isMarkOf(key: MasterKey, mark: string, accountId: string): boolean {
  const [nonce = '', signature = ''] = mark.split('~');
  return isMac(signature, key, 'known-browsers', accountId, nonce);
}
