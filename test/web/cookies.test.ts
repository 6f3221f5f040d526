import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { cookieJar, type Exchange } from '../../src/web/cookies.ts';

function exchangeWith(cookie = ''): Exchange {
  const req = new IncomingMessage(new Socket());
  req.headers.cookie = cookie;
  return { req, res: new ServerResponse(req) };
}
const lines = ({ res }: Exchange): readonly string[] => [res.getHeader('set-cookie') ?? []].flat().map(String);

describe('cookieJar', () => {
  it('sets a cookie on https that no other host can set, no script can read, and no other site can send', () => {
    const exchange = exchangeWith();
    cookieJar(true).set(exchange, 'session', 'token');
    const [line = ''] = lines(exchange);
    const [pair, ...attributes] = line.split('; ');
    expect(pair).toBe('__Host-sekisho-session=token');
    expect(attributes.map((attribute) => attribute.toLowerCase()).sort()).toEqual([
      'httponly',
      'path=/',
      'samesite=lax',
      'secure',
    ]);
  });

  it('sets a cookie on http without what http cannot have', () => {
    const exchange = exchangeWith();
    cookieJar(false).set(exchange, 'session', 'token');
    const [line = ''] = lines(exchange);
    expect(line).toMatch(/^sekisho-session=token; /);
    expect(line).not.toMatch(/secure/i);
    expect(line).toMatch(/httponly/i);
  });

  it('keeps a cookie beyond the browser’s end only where a lifetime is given', () => {
    const [brief, lasting] = [exchangeWith(), exchangeWith()];
    cookieJar(true).set(brief, 'session', 'token');
    cookieJar(true).set(lasting, 'language', 'ja', 86_400_000);
    expect(lines(brief)[0]).not.toMatch(/expires|max-age/i);
    expect(lines(lasting)[0]).toMatch(/expires=/i);
  });

  it('removes a cookie, with the attributes it was set with', () => {
    const exchange = exchangeWith('__Host-sekisho-session=token');
    cookieJar(true).set(exchange, 'session', undefined);
    expect(lines(exchange)).toHaveLength(1);
    expect(lines(exchange)[0]).toMatch(/^__Host-sekisho-session=; path=\/; expires=Thu, 01 Jan 1970.*secure/i);
  });

  it('writes one line for a cookie that is set twice', () => {
    const exchange = exchangeWith();
    cookieJar(true).set(exchange, 'session', 'one');
    cookieJar(true).set(exchange, 'session', 'two');
    expect(lines(exchange)).toEqual([expect.stringContaining('=two;')]);
  });

  it.each([
    ['its own cookie', true, '__Host-sekisho-session=token', 'token'],
    ['its own cookie among others', true, 'a=b; __Host-sekisho-session=token; c=d', 'token'],
    // Another host of the university can set a name without the prefix for the whole domain.
    ['nothing from a cookie without the prefix, on https', true, 'sekisho-session=planted', undefined],
    ['its own cookie on http', false, 'sekisho-session=token', 'token'],
    ['nothing from another cookie', true, '__Host-sekisho-browser=token', undefined],
    ['nothing from no cookies', true, '', undefined],
    ['a long value', true, `__Host-sekisho-session=${'x'.repeat(2_000)}`, 'x'.repeat(2_000)],
    ['nothing from a value longer than any of ours', true, `__Host-sekisho-session=${'x'.repeat(2_001)}`, undefined],
  ])('reads %s', (_what, isSecure, cookie, value) => {
    expect(cookieJar(isSecure).get(exchangeWith(cookie), 'session')).toBe(value);
  });
});
