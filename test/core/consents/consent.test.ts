import { describe, expect, it } from '@jest/globals';
import type { AttributeName } from '../../../src/core/attributes/definition.ts';
import { type Consent, consentOf, consents, consentWrite, covers } from '../../../src/core/consents/consent.ts';
import { freshWorld } from '../fresh-world.ts';
import { startInstant } from '../sample-records.ts';

describe('covers', () => {
  const given: Consent = {
    id: 'account-1:kulasis',
    accountId: 'account-1',
    connectionId: 'kulasis',
    attributes: ['displayName', 'mail'],
    at: startInstant,
  };

  it.each<[string, Consent | undefined, readonly AttributeName[], boolean]>([
    ['what was allowed', given, ['mail', 'displayName'], true],
    ['a part of it', given, ['mail'], true],
    ['one attribute more', given, ['displayName', 'mail', 'studentNumber'], false],
    ['something else', given, ['studentNumber'], false],
    ['anything where nothing was ever allowed', undefined, ['mail'], false],
    ['nothing, where nobody was ever asked', undefined, [], false],
  ])('judges %s', (_what, consent, attributes, isCovered) => {
    expect(covers(consent, attributes)).toBe(isCovered);
  });
});

describe('consentWrite', () => {
  const fresh = freshWorld();
  const allow = async (attributes: readonly AttributeName[], at = startInstant) => {
    const { store } = fresh().world;
    const known = await consentOf(store, 'account-1', 'kulasis');
    await store.commit([consentWrite(known, 'account-1', 'kulasis', attributes, at)]);
  };

  it('keeps one consent of a person for a service: the last', async () => {
    const { store } = fresh().world;
    await allow(['displayName']);
    await allow(['displayName', 'mail'], startInstant + 1);
    expect(await consentOf(store, 'account-1', 'kulasis')).toMatchObject({
      attributes: ['displayName', 'mail'],
      at: startInstant + 1,
    });
    expect(await store.count(consents, { index: 'byAccount' })).toBe(1);
  });

  it('says nothing of another person or another service', async () => {
    const { store } = fresh().world;
    await allow(['displayName']);
    expect(await consentOf(store, 'account-2', 'kulasis')).toBeUndefined();
    expect(await consentOf(store, 'account-1', 'mykuline')).toBeUndefined();
  });
});
