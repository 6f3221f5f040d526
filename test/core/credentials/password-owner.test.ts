import { describe, expect, it } from '@jest/globals';
import { passwordOwner } from '../../../src/core/credentials/password-owner.ts';
import { judgePassword } from '../../../src/core/credentials/password-rule.ts';
import { sampleAccount, samplePerson } from '../sample-records.ts';

describe('passwordOwner', () => {
  it.each(['きょうと', 'キョウト'])('knows the name that is written %s in Latin letters too', async (family) => {
    const person = samplePerson({ nameKana: { family, given: 'はなこ' }, nameEn: { family: 'X', given: 'Y' } });
    expect(await judgePassword('default', 'qxvzkyoutowjpm', passwordOwner(sampleAccount(), person))).toEqual([
      'contains_name',
    ]);
  });

  it('hands on the birth date and the phone number where they are known', () => {
    const person = samplePerson({ birthDate: '2004-11-23', phone: '075-753-7838' });
    expect(passwordOwner(sampleAccount(), person)).toMatchObject({
      loginName: 'a0123456',
      birthDate: '2004-11-23',
      phone: '075-753-7838',
    });
    expect(passwordOwner(sampleAccount(), samplePerson())).not.toHaveProperty('birthDate');
  });
});
