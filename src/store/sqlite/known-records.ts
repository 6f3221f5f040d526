/**
 * Records that were read lately, as they still stand in the file: a login reads the same few again and again (its session,
 * account, person, connection), and finding and decoding them costs twenty times as much as asking whether they have changed.
 * All who read one are handed the same, frozen (decode-record.ts).
 */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Collection, Index, Scalar, Stored, StoredRecord } from '../port.ts';
import { type ChangeReader, recordKey } from './changes.ts';
import { atEndOfEvent } from './end-of-event.ts';

/** Two generations, each of so many, or of so much: what nobody has asked for while one of them filled is let go. */
const generation = 1_000;
/**
 * Characters of what they were decoded from. A thousand records of those that logins read come to one million; a thousand of the
 * longest requests, which strangers have us keep, would come to sixty.
 */
const generationCharacters = 2_097_152;
/**
 * What is longer is read from the file each time, so that a few do not crowd out all others. A service by SAML with four
 * certificates of RSA 4096 has 10,000 characters, a session in which forty services were entered 25,000.
 */
const longestKept = 32_768;

interface Kept {
  readonly record: Stored<StoredRecord>;
  readonly length: number;
}

export class KnownRecords {
  readonly #changes: ChangeReader;
  readonly #clock: Clock;
  #young = new Map<string, Kept>();
  #youngCharacters = 0;
  #old = new Map<string, Kept>();
  /** By a unique index and its values, the key of the record that was last found there. A hint: the record is looked at. */
  #holders = new Map<string, string>();
  #isFresh = false;

  constructor(changes: ChangeReader, clock: Clock) {
    this.#changes = changes;
    this.#clock = clock;
  }

  get<T extends StoredRecord>(collection: Collection<T>, id: string): Stored<T> | undefined {
    const now = this.#refresh();
    return this.#alive(collection, recordKey(collection.name, id), now);
  }

  /** `values` of all fields of the index. */
  getUnique<T extends StoredRecord>(
    collection: Collection<T>,
    index: Index<StoredRecord>,
    values: readonly Scalar[],
  ): Stored<T> | undefined {
    const now = this.#refresh();
    const key = this.#holders.get(placeOf(collection, index, values));
    const found = key === undefined ? undefined : this.#alive(collection, key, now);
    const isHolder = found && index.fields.every((field, at) => found[field as keyof typeof found] === values[at]);
    return isHolder ? found : undefined;
  }

  /** What was just read, unless it is too long. @param length of its text, in characters. */
  keep<T extends StoredRecord>(collection: Collection<T>, record: Stored<T>, length: number): void {
    const key = recordKey(collection.name, record.id);
    if (length <= longestKept) this.#put(key, { record, length });
    // As it was when it was shorter.
    else this.#forget(key);
  }

  keepHolder<T extends StoredRecord>(
    collection: Collection<T>,
    index: Index<StoredRecord>,
    values: readonly Scalar[],
    { id }: Stored<T>,
  ): void {
    if (this.#holders.size >= generation) this.#holders.clear();
    this.#holders.set(placeOf(collection, index, values), recordKey(collection.name, id));
  }

  /** Forgets what has changed; asked once in each event of the event loop, before the first answer in it. */
  #refresh(): Instant {
    const now = this.#clock.now();
    if (this.#isFresh) return now;
    const changes = this.#changes.since();
    if (changes === 'anything') this.#clear();
    else for (const key of changes) this.#forget(key);
    this.#isFresh = true;
    atEndOfEvent(() => {
      this.#isFresh = false;
    });
    return now;
  }

  #alive<T extends StoredRecord>({ expiresAt }: Collection<T>, key: string, now: Instant): Stored<T> | undefined {
    const found = this.#find(key) as Stored<T> | undefined;
    if (found === undefined || expiresAt === undefined) return found;
    const end = found[expiresAt];
    return typeof end === 'number' && end <= now ? undefined : found;
  }

  #find(key: string): Stored<StoredRecord> | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.record;
    const old = this.#old.get(key);
    if (old !== undefined) this.#put(key, old);
    return old?.record;
  }

  #put(key: string, kept: Kept): void {
    this.#forget(key);
    if (this.#young.size >= generation || this.#youngCharacters + kept.length > generationCharacters) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngCharacters = 0;
    }
    this.#young.set(key, kept);
    this.#youngCharacters += kept.length;
  }

  #forget(key: string): void {
    this.#youngCharacters -= this.#young.get(key)?.length ?? 0;
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #clear(): void {
    this.#young.clear();
    this.#youngCharacters = 0;
    this.#old.clear();
  }
}

const placeOf = <T extends StoredRecord>(
  { name }: Collection<T>,
  index: Index<StoredRecord>,
  values: readonly Scalar[],
): string => `${name}.${index.name} ${JSON.stringify(values)}`;
