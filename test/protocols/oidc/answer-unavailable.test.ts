import { describe, expect, it } from '@jest/globals';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { DomainError } from '../../../src/base/errors.ts';
import { answerUnavailable } from '../../../src/protocols/oidc/answer-unavailable.ts';

/** The part of a context that an answer is made of. */
function contextWith(body: unknown) {
  const headers = new Map<string, string>();
  const set = (name: string, value: string) => void headers.set(name, value);
  return { ctx: { status: 500, body, set } as unknown as KoaContextWithOIDC, headers };
}

describe('answerUnavailable', () => {
  it('tells a program to come again when the store does not answer', () => {
    const { ctx, headers } = contextWith({ error: 'server_error' });
    answerUnavailable(ctx, new DomainError('store.unavailable'));
    expect(ctx).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it.each([
    ['a bug', { error: 'server_error' }, new TypeError('a bug')],
    ['a page for a person', '<!doctype html>', new DomainError('store.unavailable')],
  ])('leaves the answer to %s as it is', (_, body, error) => {
    const { ctx } = contextWith(body);
    answerUnavailable(ctx, error);
    expect(ctx).toMatchObject({ status: 500, body });
  });
});
