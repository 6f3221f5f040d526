/** Addresses of stores that are not there yet, and what lies in them. */
import type { Clock } from '../../../src/base/clock.ts';
import { isDomainError } from '../../../src/base/errors.ts';
import type { StoreContents } from '../../../src/store/contents.ts';
import { openContents, openStore } from '../../../src/store/open.ts';
import type { AnyCollection, Store } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { sampleCollections } from './sample-records.ts';

/** A new one with each call. */
export type FreshAddress = () => Promise<string>;

export interface Opening {
  readonly collections?: readonly AnyCollection[];
  readonly clock?: Clock;
}

export const storeAt = (url: string, { collections = sampleCollections, clock = new FakeClock() }: Opening = {}) =>
  openStore({ url, collections, clock });

export async function contentsAt(url: string, opening: Opening = {}): Promise<StoreContents> {
  const { collections = sampleCollections, clock = new FakeClock() } = opening;
  const opened = await openContents({ url, collections, clock, make: true });
  if (opened.kind === 'refused') throw new Error(`${opened.name}: ${opened.fault}`);
  return opened.contents;
}

/** Opens, looks, and closes. */
export async function within<Opened extends Pick<Store, 'close'>, T>(
  opening: Promise<Opened>,
  act: (opened: Opened) => Promise<T>,
): Promise<T> {
  const opened = await opening;
  try {
    return await act(opened);
  } finally {
    await opened.close();
  }
}

/** What comes of opening a store: the code of the refusal, if there is one. Nothing is left open. */
export const openingOf = (url: string): Promise<string> =>
  within(storeAt(url), async () => 'opened').catch((error: unknown) => {
    if (!isDomainError(error)) throw error;
    return error.code;
  });
