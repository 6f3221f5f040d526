/**
 * The adapter of models whose values are sealed. What is written of one is that it is over: that a code was used, that an
 * access token was revoked. Whether its grant and its session still stand, oidc-provider asks at every use.
 */
import Provider, { type Adapter, errors } from 'oidc-provider';
import { hours } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { nameLogin } from '../../base/trail.ts';
import type { World } from '../../core/world.ts';
import { insert, type Write } from '../../store/port.ts';
import { grace, type IssuingNode, isBrief, readHere } from './issued-elsewhere.ts';
import { oidcRecordId, oidcRecords } from './record.ts';
import { revokeGrant } from './revoke-grant.ts';
import { isSealed, type Opened, type SealedModel, type Sealing } from './sealed-value.ts';
import { usedCodeId, usedCodes } from './used-code.ts';

/** A clock that is set back must not make a used code good again, whose mark has been swept in the meantime. */
const keptLonger = hours(1);

export interface SealedMeans {
  readonly world: World;
  readonly sealing: Sealing;
  readonly here: IssuingNode;
}

/**
 * Whoever uses a code up, or revokes a token, has just looked it up in the same request. On the context itself, so that it is
 * let go with the answer (let-go.ts): what a weak map holds lives as long as its key, and V8 keeps contexts for long.
 */
const found = Symbol('what was opened last');
interface Found {
  readonly model: SealedModel;
  readonly value: string;
  readonly opened: Opened;
}

/** @param records for what was too long to be carried whole. */
export function sealedAdapter({ world, sealing, here }: SealedMeans, model: SealedModel, records: Adapter): Adapter {
  const { store, clock } = world;
  const graceOf = ({ said }: Opened): number => (isBrief(model) ? grace(said.node, here) : 0);

  function openHere(value: string): Opened | undefined {
    const ctx = Provider.ctx as { [found]?: Found } | undefined;
    const known = ctx?.[found];
    if (known?.model === model && known.value === value) return known.opened;
    const opened = sealing.open(model, value);
    if (ctx && opened) ctx[found] = { model, value, opened };
    return opened;
  }

  /** One mark for each value: of two that make it at once, one meets `store.duplicate`. */
  const markOf = (value: string, { expiresAt: endsAt }: Opened): Write => {
    const expiresAt = endsAt + keptLonger;
    if (model === 'AuthorizationCode') return insert(usedCodes, { id: usedCodeId(value, endsAt), expiresAt });
    return insert(oidcRecords, { id: oidcRecordId(model, value), payload: {}, expiresAt });
  };

  return {
    ...records,

    async find(value) {
      if (!isSealed(value)) return records.find(value);
      const opened = openHere(value);
      if (!opened || opened.expiresAt + graceOf(opened) <= clock.now()) return undefined;
      // An access token is never used up: a mark on one says that it was revoked. The mark of a code is met by whoever would
      // set a second one (`consume`); until then nothing is given for it.
      if (model === 'AccessToken' && (await store.get(oidcRecords, oidcRecordId(model, value)))) return undefined;
      const { said } = opened;
      // The name that the log gave to the login in which the code was issued. oidc-provider picks what it knows itself.
      if (typeof said.login === 'string') nameLogin(said.login);
      const payload = { ...said, jti: value };
      return isBrief(model) ? readHere(payload, said.node, here, clock.now()) : payload;
    },

    async consume(value) {
      if (!isSealed(value)) return records.consume(value);
      const opened = openHere(value);
      if (!opened) throw new errors.InvalidGrant('not known');
      try {
        await store.commit([markOf(value, opened)]);
      } catch (error) {
        if (!isDomainError(error, 'store.duplicate')) throw error;
        // Who comes second, or who came first, has stolen it: neither keeps what it gave.
        await revokeGrant(world, String(opened.said.grantId));
        throw new errors.InvalidGrant('already used');
      }
    },

    async destroy(value) {
      if (!isSealed(value)) return records.destroy(value);
      const opened = openHere(value);
      if (!opened) return;
      try {
        await store.commit([markOf(value, opened)]);
      } catch (error) {
        if (!isDomainError(error, 'store.duplicate')) throw error;
      }
    },
  };
}
