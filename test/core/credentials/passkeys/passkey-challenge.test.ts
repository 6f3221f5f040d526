import { describe, expect, it } from '@jest/globals';
import { passkeyChallenge } from '../../../../src/core/credentials/passkeys/passkey-challenge.ts';
import { masterKeyOf } from '../../../../src/core/keys/master-key.ts';

const key = masterKeyOf(Buffer.alloc(32, 1));
const asked = passkeyChallenge(key, 'login', 'attempt-1', '3').bytes.toString('base64url');

describe('the challenge of a passkey', () => {
  it('is the same each time that its page is shown', () => {
    expect(passkeyChallenge(key, 'login', 'attempt-1', '3').isAnsweredBy(asked)).toBe(true);
  });

  it.each([
    ['the next page', ['login', 'attempt-1', '4']],
    ['another login', ['login', 'attempt-2', '3']],
    ['another place', ['account', 'attempt-1', '3']],
    ['parts that are cut otherwise', ['login', 'attempt-13', '']],
  ])('is another for %s', (_what, place) => {
    expect(passkeyChallenge(key, ...place).isAnsweredBy(asked)).toBe(false);
  });

  it('cannot be made without the key', () => {
    expect(passkeyChallenge(masterKeyOf(Buffer.alloc(32, 2)), 'login', 'attempt-1', '3').isAnsweredBy(asked)).toBe(
      false,
    );
  });

  it.each(['', 'x', '.', asked.slice(0, -2)])('is not answered by %j', (answer) => {
    expect(passkeyChallenge(key, 'login', 'attempt-1', '3').isAnsweredBy(answer)).toBe(false);
  });
});
