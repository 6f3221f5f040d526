import { describe, expect, it } from '@jest/globals';
import type { CertificateNames } from '../../../../src/core/certificates/read-certificate.ts';
import type { CertificateFacts } from '../../../../src/core/credentials/certificates/certificate-facts.ts';
import { belongsTo, rulesFor, type SubjectRule } from '../../../../src/core/credentials/certificates/match-subject.ts';
import { sampleAccount, samplePerson } from '../../sample-records.ts';
import { sampleFacts } from './sample-facts.ts';

const under = 'O=Kyoto University,C=JP';
const owner = {
  account: sampleAccount(),
  person: samplePerson({ studentNumber: '1029-30-1234', staffNumber: 'S0042' }),
};

const matches = (rule: Partial<SubjectRule>, names: Partial<CertificateNames>, wishes?: Partial<CertificateFacts>) =>
  belongsTo([{ field: 'commonName', to: 'loginName', ...rule }], sampleFacts(names, wishes), owner);

describe('belongsTo', () => {
  it.each<[Partial<SubjectRule>, Partial<CertificateNames>]>([
    [{ field: 'commonName', to: 'loginName' }, { commonName: ['a0123456'] }],
    [{ field: 'serialNumber', to: 'staffNumber' }, { serialNumber: ['S0042'] }],
    [{ field: 'emailAddress', to: 'universityMail' }, { emailAddress: ['kyoto.hanako.12a@st.kyoto-u.ac.jp'] }],
    [{ field: 'sanEmail', to: 'universityMail' }, { sanEmail: ['KYOTO.Hanako.12a@st.kyoto-u.ac.jp'] }],
    [
      { field: 'sanUpn', to: 'loginName', pattern: /^(?<id>[^@]+)@kyoto-u\.ac\.jp$/u },
      { sanUpn: ['a0123456@kyoto-u.ac.jp'] },
    ],
    [{ field: 'commonName', to: 'studentNumber', pattern: /^\d{4}-\d\d-\d{4}$/u }, { commonName: ['1029-30-1234'] }],
    [{ field: 'sanEmail', to: 'loginName' }, { sanEmail: ['somebody else', 'a0123456'] }],
  ])('%j finds the account in %j', (rule, names) => {
    expect(matches(rule, names)).toBe(true);
  });

  it.each<[string, Partial<SubjectRule>, Partial<CertificateNames>]>([
    ['another value', {}, { commonName: ['a0123457'] }],
    ['a part of the value', {}, { commonName: ['a0123456 Hanako'] }],
    ['another field', {}, { sanEmail: ['a0123456'] }],
    ['what the pattern refuses', { pattern: /^ecs-(?<id>.+)$/u }, { commonName: ['a0123456'] }],
    ['another domain', { pattern: /^(?<id>[^@]+)@kyoto-u\.ac\.jp$/u }, { commonName: ['a0123456@evil.example'] }],
    ['nothing', {}, {}],
    ['an account of another kind', { accountKinds: ['sps'] }, { commonName: ['a0123456'] }],
  ])('is not moved by %s', (_, rule, names) => {
    expect(matches(rule, names)).toBe(false);
  });

  it('is not moved by an empty value where the record has none, or an empty one', () => {
    const bare = { account: sampleAccount({ universityMail: '' }), person: samplePerson() };
    const rule = { field: 'sanEmail', to: 'universityMail' } as const;
    expect(belongsTo([rule], sampleFacts({ sanEmail: [''] }), bare)).toBe(false);
    expect(belongsTo([{ ...rule, to: 'staffNumber' }], sampleFacts({ sanEmail: [''] }), bare)).toBe(false);
  });

  it('asks whom the certificate was issued for', () => {
    const names = { commonName: ['a0123456'] };
    expect(matches({ under }, names)).toBe(true);
    expect(matches({ under: 'o = kyoto  university, c = jp' }, names)).toBe(true);
    const elsewhere = { subject: 'CN=a0123456,O=Osaka University,C=JP' };
    expect(matches({ under }, names, elsewhere)).toBe(false);
    // A comma in a value of somebody's own choice.
    expect(matches({ under }, names, { subject: 'CN=a0123456\\,O=Kyoto University\\,C=JP' })).toBe(false);
    expect(matches({ under }, names, { subject: 'O=Kyoto University,C=JP,CN=a0123456' })).toBe(false);
  });

  it('asks who issued it', () => {
    const names = { commonName: ['a0123456'] };
    expect(matches({ issuer: 'CN=NII Open Domain CA, O=National Institute of Informatics, C=JP' }, names)).toBe(true);
    expect(matches({ issuer: 'O=National Institute of Informatics,C=JP' }, names)).toBe(false);
  });

  it('needs one rule that leads there', () => {
    const rules: readonly SubjectRule[] = [
      { field: 'serialNumber', to: 'staffNumber', accountKinds: ['sps'] },
      { field: 'sanEmail', to: 'universityMail', accountKinds: ['ecs'] },
    ];
    const sanEmail = [owner.account.universityMail ?? ''];
    expect(belongsTo(rules, sampleFacts({ sanEmail, serialNumber: ['S0043'] }), owner)).toBe(true);
    expect(rulesFor(rules, 'sps')).toEqual([rules[0]]);
  });
});
