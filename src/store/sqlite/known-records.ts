/**
 * Records that were read lately, as they still stand in the file: a login reads the same few again and again (its session,
 * account, person, connection), and finding and decoding them costs twenty times as much as asking whether they have changed.
 * All who read one are handed the same, frozen (decode-record.ts).
 */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Collection, Index, Scalar, Stored, StoredRecord } from '../port.ts';
import { type ChangeReader, recordKey } from './changes.ts';

/** Two generations of so many: what nobody has asked for while one of them filled is let go. */
const generation = 1_000;

type AnyStored = Stored<StoredRecord>;

export class KnownRecords {
  readonly #changes: ChangeReader;
  readonly #clock: Clock;
  #young = new Map<string, AnyStored>();
  #old = new Map<string, AnyStored>();
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

  /** What was just read. */
  keep<T extends StoredRecord>(collection: Collection<T>, record: Stored<T>): void {
    this.#put(recordKey(collection.name, record.id), record);
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
    else
      for (const key of changes) {
        this.#young.delete(key);
        this.#old.delete(key);
      }
    this.#isFresh = true;
    // Runs when all promises that are settled now have been heard, and before any other event is.
    process.nextTick(() => {
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

  #find(key: string): AnyStored | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.#put(key, old);
    return old;
  }

  #put(key: string, record: AnyStored): void {
    if (this.#young.size >= generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, record);
  }

  #clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}

const placeOf = <T extends StoredRecord>(
  { name }: Collection<T>,
  index: Index<StoredRecord>,
  values: readonly Scalar[],
): string => `${name}.${index.name} ${JSON.stringify(values)}`;
