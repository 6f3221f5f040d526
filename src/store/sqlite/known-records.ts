/**
 * Records that were read lately, as they still stand in the file: a login reads the same few again and again (its session,
 * account, person, connection), and finding and decoding them costs twenty times as much as asking whether they have changed.
 * All who read one are handed the same, frozen (decode-record.ts).
 */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Collection, Index, Scalar, Stored, StoredRecord } from '../port.ts';
import { type ChangeReader, keyParts } from './changes.ts';
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

/** By the name of the collection, and then by id: a name put together of both would be made anew for each question. */
type Generation = Map<string, Map<string, Kept>>;

export class KnownRecords {
  readonly #changes: ChangeReader;
  readonly #clock: Clock;
  #young: Generation = new Map();
  #youngCount = 0;
  #youngCharacters = 0;
  #old: Generation = new Map();
  /** By a unique index and its values, the id of the record that was last found there. A hint: the record is looked at. */
  #holders = new Map<Index<StoredRecord>, Map<Scalar, string>>();
  #holderCount = 0;
  #isFresh = false;

  constructor(changes: ChangeReader, clock: Clock) {
    this.#changes = changes;
    this.#clock = clock;
  }

  get<T extends StoredRecord>(collection: Collection<T>, id: string): Stored<T> | undefined {
    const now = this.#refresh();
    return this.#alive(collection, id, now);
  }

  /** `values` of all fields of the index. */
  getUnique<T extends StoredRecord>(
    collection: Collection<T>,
    index: Index<StoredRecord>,
    values: readonly Scalar[],
  ): Stored<T> | undefined {
    const now = this.#refresh();
    const id = this.#holders.get(index)?.get(placeOf(values));
    const found = id === undefined ? undefined : this.#alive(collection, id, now);
    const isHolder = found && index.fields.every((field, at) => found[field as keyof typeof found] === values[at]);
    return isHolder ? found : undefined;
  }

  /** What was just read, unless it is too long. @param length of its text, in characters. */
  keep<T extends StoredRecord>({ name }: Collection<T>, record: Stored<T>, length: number): void {
    if (length <= longestKept) this.#put(name, record.id, { record, length });
    // As it was when it was shorter.
    else this.#forget(name, record.id);
  }

  /** `index` as its collection declares it: of the same one there is one object. */
  keepHolder<T extends StoredRecord>(index: Index<StoredRecord>, values: readonly Scalar[], { id }: Stored<T>): void {
    if (this.#holderCount >= generation) {
      this.#holders.clear();
      this.#holderCount = 0;
    }
    const holders = within(this.#holders, index);
    const before = holders.size;
    holders.set(placeOf(values), id);
    this.#holderCount += holders.size - before;
  }

  /** Forgets what has changed; asked once in each event of the event loop, before the first answer in it. */
  #refresh(): Instant {
    const now = this.#clock.now();
    if (this.#isFresh) return now;
    const changes = this.#changes.since();
    if (changes === 'anything') this.#clear();
    else for (const key of changes) this.#forget(...keyParts(key));
    this.#isFresh = true;
    atEndOfEvent(() => {
      this.#isFresh = false;
    });
    return now;
  }

  #alive<T extends StoredRecord>({ name, expiresAt }: Collection<T>, id: string, now: Instant): Stored<T> | undefined {
    const found = this.#find(name, id) as Stored<T> | undefined;
    if (found === undefined || expiresAt === undefined) return found;
    const end = found[expiresAt];
    return typeof end === 'number' && end <= now ? undefined : found;
  }

  #find(collection: string, id: string): Stored<StoredRecord> | undefined {
    const young = this.#young.get(collection)?.get(id);
    if (young !== undefined) return young.record;
    const old = this.#old.get(collection)?.get(id);
    if (old !== undefined) this.#put(collection, id, old);
    return old?.record;
  }

  #put(collection: string, id: string, kept: Kept): void {
    this.#forget(collection, id);
    if (this.#youngCount >= generation || this.#youngCharacters + kept.length > generationCharacters) {
      this.#old = this.#young;
      this.#emptyYoung();
    }
    within(this.#young, collection).set(id, kept);
    this.#youngCount += 1;
    this.#youngCharacters += kept.length;
  }

  #forget(collection: string, id: string): void {
    const young = this.#young.get(collection);
    const kept = young?.get(id);
    if (young !== undefined && kept !== undefined) {
      young.delete(id);
      this.#youngCount -= 1;
      this.#youngCharacters -= kept.length;
    }
    this.#old.get(collection)?.delete(id);
  }

  #emptyYoung(): void {
    this.#young = new Map();
    this.#youngCount = 0;
    this.#youngCharacters = 0;
  }

  #clear(): void {
    this.#emptyYoung();
    this.#old = new Map();
  }
}

function within<Outer, Inner, Value>(maps: Map<Outer, Map<Inner, Value>>, key: Outer): Map<Inner, Value> {
  const present = maps.get(key);
  if (present !== undefined) return present;
  const made = new Map<Inner, Value>();
  maps.set(key, made);
  return made;
}

/** Of one value, which nearly all unique indexes have, the value itself. */
const placeOf = (values: readonly Scalar[]): Scalar => {
  const [only, ...more] = values;
  return only !== undefined && more.length === 0 ? only : JSON.stringify(values);
};
