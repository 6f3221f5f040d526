/**
 * Marks a browser in which an account has signed in, so that its owner is throttled apart from strangers. The mark is
 * a nonce and a MAC over account and nonce: no record is kept, and it proves nothing but "was here before". Whoever has
 * stolen a password makes such marks at will; so one that was made with a second factor says so, and only by those are
 * guesses at second factors told apart (factor-try.ts).
 */
import type { Ids } from '../base/ids.ts';
import { type FactorUse, isStandIn } from '../core/credentials/factor-use.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { isMac, mac } from '../core/keys/seal.ts';
import type { Progress } from './attempt.ts';

export interface SignedIn {
  readonly accountId: string;
  /** A second factor of the account's own was given in that login. */
  readonly withFactor: boolean;
}

/** A code that stands in for a lost factor shows nothing of the factor. */
export const signedInBy = ({ proven }: Progress): { readonly signedIn?: SignedIn } =>
  proven === undefined ? {} : { signedIn: { accountId: proven.accountId, withFactor: hasFactor(proven.factors) } };

const hasFactor = (factors: readonly FactorUse[]): boolean =>
  factors.some(({ kind }) => kind !== 'password' && !isStandIn(kind));

/** A browser is shared by few people; the oldest mark goes first. */
const mostMarks = 4;

/** A login with the password alone takes nothing from a browser that has shown a second factor before. */
export function markBrowser(key: MasterKey, ids: Ids, marks: string | undefined, { accountId, withFactor }: SignedIn) {
  const before = marksOf(marks).find((mark) => isFactorMark(key, mark, accountId));
  const mark = before !== undefined && !withFactor ? before : newMark(key, ids.id(), { accountId, withFactor });
  const kept = marksOf(marks).filter((known) => !isMarkOf(key, known, accountId));
  return [mark, ...kept].slice(0, mostMarks).join('!');
}

const newMark = (key: MasterKey, nonce: string, { accountId, withFactor }: SignedIn): string =>
  `${nonce}~${mac(key, 'known-browsers', accountId, nonce, ...(withFactor ? [byFactor] : []))}`;

const byFactor = 'factor';

/** The nonce of this account's mark, or undefined in a browser that is new to it. */
export const knownMark = (key: MasterKey, marks: string | undefined, accountId: string): string | undefined =>
  nonceOf(marksOf(marks).find((mark) => isMarkOf(key, mark, accountId)));

/** The same, of a mark that was made with a second factor. */
export const factorMark = (key: MasterKey, marks: string | undefined, accountId: string): string | undefined =>
  nonceOf(marksOf(marks).find((mark) => isFactorMark(key, mark, accountId)));

const marksOf = (marks: string | undefined): readonly string[] =>
  (marks ?? '').split('!').filter(Boolean).slice(0, mostMarks);

const nonceOf = (mark: string | undefined): string | undefined => mark?.split('~')[0];

const isMarkOf = (key: MasterKey, mark: string, accountId: string): boolean =>
  isSigned(key, mark, accountId) || isFactorMark(key, mark, accountId);

const isFactorMark = (key: MasterKey, mark: string, accountId: string): boolean =>
  isSigned(key, mark, accountId, byFactor);

function isSigned(key: MasterKey, mark: string, accountId: string, ...by: readonly string[]): boolean {
  const [nonce = '', signature = ''] = mark.split('~');
  return isMac(signature, key, 'known-browsers', accountId, nonce, ...by);
}
