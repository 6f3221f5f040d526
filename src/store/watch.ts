/** What whoever opens a store may be told of it while it works. Nothing that is told here may fail or wait. */
import { isDomainError } from '../base/errors.ts';

export interface Upgrade {
  /** How the file was laid out before and is now. */
  readonly fromLayout: number;
  readonly toLayout: number;
  /** Collections whose indexes or expiry were laid out anew. */
  readonly changed: readonly string[];
  /** Where the store lies as it was before. */
  readonly backup: string;
}

export type StoreOperation = 'get' | 'find' | 'count' | 'commit';

export interface StoreWatch {
  /** An answer is there, or a refusal. */
  operationDone?(operation: StoreOperation, milliseconds: number): void;
  /** Commits that shared one transaction are on the disk, or have failed together. */
  groupWritten?(group: { readonly commits: number; readonly milliseconds: number }): void;
  /** Writes begin to fail for want of the engine: its disk is full, or does not sync, or somebody keeps the file locked. */
  writesFail?(error: unknown): void;
  /** They go through again; so many commits were refused meanwhile. */
  writesRecovered?(refused: number): void;
  /** A file of an older version was brought up to date while it was opened. */
  upgraded?(upgrade: Upgrade): void;
  /** Indexes of these collections are being built while others go on; large ones take minutes. */
  building?(collections: readonly string[]): void;
}

/** Tells all that are in the list at that moment: it may grow after the store was opened. */
export const tellingAll = (watches: readonly StoreWatch[]): Required<StoreWatch> => ({
  operationDone(operation, milliseconds) {
    for (const watch of watches) watch.operationDone?.(operation, milliseconds);
  },
  groupWritten(group) {
    for (const watch of watches) watch.groupWritten?.(group);
  },
  writesFail(error) {
    for (const watch of watches) watch.writesFail?.(error);
  },
  writesRecovered(refused) {
    for (const watch of watches) watch.writesRecovered?.(refused);
  },
  upgraded(upgrade) {
    for (const watch of watches) watch.upgraded?.(upgrade);
  },
  building(collections) {
    for (const watch of watches) watch.building?.(collections);
  },
});

/** A refusal that `writesFail` has told of: its like comes with every write until `writesRecovered`. */
export const isToldOutage = (error: unknown): boolean =>
  isDomainError(error, 'store.unavailable') && error.facts.outage === true;
