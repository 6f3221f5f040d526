import { describe, expect, it } from '@jest/globals';
import { allowedRelease } from '../../../src/core/consents/allowed-release.ts';
import { consentWrite } from '../../../src/core/consents/consent.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleConnection, startInstant } from '../sample-records.ts';

describe('allowedRelease', () => {
  const fresh = freshWorld();
  const allow = (accountId: string, connectionId: string, ...attributes: readonly string[]) =>
    fresh().world.store.commit([consentWrite(undefined, accountId, connectionId, attributes, startInstant)]);
  const allowed = async (consent: 'none' | 'once' | 'always') =>
    (await allowedRelease(fresh().world.store, sampleConnection({ consent }), 'account-1')).map(
      ({ attribute }) => attribute,
    );

  it('is all that was granted where nobody is asked', async () => {
    expect(await allowed('none')).toEqual(['displayName', 'mail']);
  });

  it.each(['once', 'always'] as const)(
    'is nothing where people are asked (%s) and this one was not',
    async (consent) => {
      expect(await allowed(consent)).toEqual([]);
    },
  );

  it.each(['once', 'always'] as const)('is what this person allowed this service (%s)', async (consent) => {
    await allow('account-1', 'kulasis', 'mail');
    expect(await allowed(consent)).toEqual(['mail']);
  });

  it('is never what was allowed and is granted no longer', async () => {
    await allow('account-1', 'kulasis', 'mail', 'studentNumber');
    expect(await allowed('once')).toEqual(['mail']);
  });

  it('is not what somebody else allowed, or this one another service', async () => {
    await allow('account-2', 'kulasis', 'mail');
    await allow('account-1', 'mykuline', 'mail');
    expect(await allowed('once')).toEqual([]);
  });
});
