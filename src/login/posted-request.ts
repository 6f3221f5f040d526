/**
 * A request of a service that the browser brought by POST, in either protocol. Cookies are Lax, so the browser sent none
 * with it: it is sent to the same address by GET, with its cookies (RFC 9110, 15.4.4). What was posted goes along in that
 * address, sealed, since it may name a person; only where it is too long for an address it is kept here.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Instant } from '../base/clock.ts';
import { digestOf } from '../base/digest.ts';
import { minutes } from '../base/duration.ts';
import { isDomainError } from '../base/errors.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { readUse } from '../core/keys/master-key-use.ts';
import { keyIdOf, seal, unseal } from '../core/keys/seal.ts';
import type { World } from '../core/world.ts';
import { type Collection, insert } from '../store/port.ts';
import type { LoginOrigin } from './facts.ts';
import type { RequestAllowance } from './request-allowance.ts';

interface PostedRequest {
  readonly id: string;
  readonly parameters: string;
  readonly expiresAt: Instant;
}

export const postedRequests: Collection<PostedRequest> = {
  name: 'postedRequests',
  indexes: [],
  expiresAt: 'expiresAt',
};

export interface Posted {
  readonly parameters: string;
  readonly from: LoginOrigin;
  /** Throws where nobody known asks. Called before anything is kept, and only then. */
  readonly checkAsker: () => Promise<void>;
}

export interface PostedRequests {
  /**
   * @returns the name under which it can be read for five minutes: again too, when the page is reloaded.
   * @throws DomainError `request.too_many`, and what `checkAsker` throws.
   */
  keep(posted: Posted): Promise<string>;
  /** The parameters, or undefined when they have been kept too long. */
  read(handle: string): Promise<string | undefined>;
}

/** Proxies take addresses of 8,000 characters and more; some that inspect them stop earlier. */
const longestCarried = 4_000;
const lifetime = minutes(5);

export interface PostedMeans {
  readonly world: World;
  readonly masterKey: MasterKey;
  readonly allowance: RequestAllowance;
}

/** `protocol`: what was posted in one is nothing in the other. */
export function postedRequestsOf(
  { world, masterKey, allowance }: PostedMeans,
  protocol: 'oidc' | 'saml',
): PostedRequests {
  const { store, clock, ids } = world;
  const place = `posted-request:${protocol}`;
  const recordId = (handle: string): string => digestOf(`${place}:${handle}`);

  /** Strangers name keys here: one that is not at hand is looked for on the disk only where another node seals under it. */
  async function keyNamed(id: string): Promise<MasterKey | undefined> {
    const known = masterKey.known(id);
    return known ?? ((await readUse(store))?.inForce === id ? masterKey.named(id) : undefined);
  }

  async function openCarried(handle: string): Promise<string | undefined> {
    const key = await keyNamed(keyIdOf(handle));
    if (!key) return undefined;
    try {
      const packed = unseal(key, 'posted-requests', place, handle);
      const isOver = Number(packed.readBigInt64BE()) <= clock.now();
      return isOver ? undefined : inflateRawSync(packed.subarray(timeLength)).toString();
    } catch (error) {
      if (!isDomainError(error, 'key.unreadable')) throw error;
      return undefined;
    }
  }

  return {
    async keep({ parameters, from, checkAsker }) {
      const expiresAt = clock.now() + lifetime;
      const time = Buffer.alloc(timeLength);
      time.writeBigInt64BE(BigInt(expiresAt));
      const packed = Buffer.concat([time, deflateRawSync(parameters)]);
      const carried = seal(masterKey, 'posted-requests', ids, place, packed);
      if (carried.length <= longestCarried) return carried;
      await checkAsker();
      await allowance.take(from, Buffer.byteLength(parameters));
      const handle = ids.token();
      await store.commit([insert(postedRequests, { id: recordId(handle), parameters, expiresAt })]);
      return handle;
    },

    async read(handle) {
      // The name of a record has no dot.
      if (handle.includes('.')) return openCarried(handle);
      return (await store.get(postedRequests, recordId(handle)))?.parameters;
    },
  };
}

const timeLength = 8;
