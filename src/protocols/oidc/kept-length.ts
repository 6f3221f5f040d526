/** How many octets of a request are kept for whoever sent it, before anybody has proven anything. */
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isDomainError } from '../../base/errors.ts';
import { longestUncounted, type RequestAllowance } from '../../login/request-allowance.ts';
import { routes } from './endpoints.ts';
import type { Pages } from './pages.ts';

export function keptLength(url: string): number {
  const [path = '', ...query] = url.split('?');
  // oidc-provider answers there with a slash at the end, too.
  const place = path.endsWith('/') ? path.slice(0, -1) : path;
  // A login that begins keeps what it was asked with.
  return place === routes.authorization || place === routes.end_session ? query.join('?').length : 0;
}

interface Keeping {
  readonly allowance: RequestAllowance;
  readonly pages: Pages;
}

/**
 * A public service pushes without a secret (RFC 9126, 2): anybody can in its name. Counted where it is kept, when the service
 * is known: a length that somebody only writes into the head of a request would use up what belongs to all behind the address.
 */
export function countPushed(provider: Provider, keeping: Keeping): void {
  const prototype = provider.PushedAuthorizationRequest.prototype as unknown as PushedPrototype;
  const { save } = prototype;
  prototype.save = async function counted(ttl) {
    const { ctx } = Provider;
    const { length } = this.request;
    if (ctx && length > longestUncounted) await takeFrom(keeping, ctx, length, tooManyPushed);
    return save.call(this, ttl);
  };
}

interface PushedPrototype {
  readonly request: string;
  save(ttl: number): Promise<string>;
}

/**
 * A pushed request is named in a few letters, as often as somebody likes until it is used, and every login that it begins keeps
 * the whole of it. Here it is known that one is to begin, and where the service takes an error.
 */
export async function takePushed(keeping: Keeping, ctx: KoaContextWithOIDC): Promise<void> {
  const { entities, params } = ctx.oidc;
  if (!entities.PushedAuthorizationRequest) return;
  const { length } = JSON.stringify(params);
  if (length > longestUncounted) await takeFrom(keeping, ctx, length, isCrowded);
}

type Refusal = (words: string, why: { readonly cause: Error }) => Error;

async function takeFrom(keeping: Keeping, ctx: KoaContextWithOIDC, length: number, refusal: Refusal): Promise<void> {
  try {
    await keeping.allowance.take(keeping.pages.origin(ctx), length);
  } catch (error) {
    if (!isDomainError(error, 'request.too_many')) throw error;
    ctx.set('Retry-After', String(error.facts.retryAfterSeconds));
    throw refusal('too much is being asked at the moment; wait five minutes', { cause: error });
  }
}

const isCrowded: Refusal = (words, why) => new errors.TemporarilyUnavailable(words, why);

/** RFC 9126, 2.3. */
const tooManyPushed: Refusal = (words, why) =>
  Object.assign(new errors.OIDCProviderError(429, 'temporarily_unavailable', why), { error_description: words });
