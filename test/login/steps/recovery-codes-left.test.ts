import { describe, expect, it } from '@jest/globals';
import { recoveryCodesLeft } from '../../../src/login/steps/recovery-codes-left.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleSituation, strangerSituation } from '../sample-situation.ts';

const fresh = freshLogin();
const show = (left: number) =>
  recoveryCodesLeft.show(fresh().means, sampleSituation({ progress: { recoveryCodesLeft: left } }), { locale: 'en' });
const take = (choice: string) =>
  recoveryCodesLeft.take(
    fresh().means,
    sampleSituation({ progress: { recoveryCodesLeft: 2, way: 'recovery-code' } }),
    answerOf({ choice }),
  );

describe('telling how many recovery codes are left', () => {
  it('is due after one was used, also when it was the last', () => {
    expect(recoveryCodesLeft.isDue(sampleSituation())).toBe(false);
    expect(recoveryCodesLeft.isDue(sampleSituation({ progress: { recoveryCodesLeft: 0 } }))).toBe(true);
    expect(recoveryCodesLeft.isDue(strangerSituation({ progress: { recoveryCodesLeft: 4 } }))).toBe(false);
  });

  it.each([
    [9, false],
    [4, false],
    [3, true],
    [0, true],
  ])('says of %i whether that is few, and where to make new ones', (left, areFew) => {
    const factorsUrl = `${fresh().config.server.issuer}/account/factors`;
    expect(show(left)).toEqual({ service: expect.objectContaining({ name: 'KULASIS' }), left, areFew, factorsUrl });
  });

  it('is over when the person has seen it', async () => {
    expect(await take('seen')).toEqual({ kind: 'progress', progress: { way: 'recovery-code' }, writes: [] });
    expect(await take('')).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
  });
});
