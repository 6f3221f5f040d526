/** Has oidc-provider give out codes and access tokens as sealed values, which nobody has to store. */
import type Provider from 'oidc-provider';
import { loginHere } from '../../base/trail.ts';
import type { World } from '../../core/world.ts';
import { type IssuingNode, isBrief } from './issued-elsewhere.ts';
import type { Said, SealedModel, Sealing } from './sealed-value.ts';

interface TokenPrototype {
  jti: string;
  readonly remainingTTL: number;
  getValueAndPayload(): Promise<{ readonly value: string; readonly payload: Said | undefined }>;
}

/**
 * Some servers and proxies take no address beyond 2,000 characters, and a code travels in one beside the service's own
 * parameters. What would come out longer (a long nonce, many claims) is stored and known by an id, as refresh tokens are.
 */
const longestValue = 1_200;

export function issueSealed(provider: Provider, { clock }: World, sealing: Sealing, here: IssuingNode): void {
  seal(provider.AuthorizationCode.prototype as unknown as TokenPrototype, 'AuthorizationCode');
  seal(provider.AccessToken.prototype as unknown as TokenPrototype, 'AccessToken');

  function seal(prototype: TokenPrototype, model: SealedModel): void {
    const { getValueAndPayload } = prototype;
    prototype.getValueAndPayload = async function sealedValue() {
      const stored = await getValueAndPayload.call(this);
      // The log calls the exchange of the code by the name of the login that it belongs to.
      const login = model === 'AuthorizationCode' ? loginHere() : {};
      const node = isBrief(model) ? { node: here.name } : {};
      const said = { ...stored.payload, ...login, ...node };
      const value = sealing.seal(model, said, clock.now() + this.remainingTTL * 1000);
      if (value.length > longestValue) return stored;
      this.jti = value;
      // Without a payload oidc-provider calls no adapter.
      return { value, payload: undefined };
    };
  }
}
