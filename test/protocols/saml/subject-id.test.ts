import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pseudonymUnder } from '../../../src/core/keys/pseudonym.ts';
import { sectorOf, subjectsOf } from '../../../src/protocols/oidc/subjects.ts';
import { subjectIdFor } from '../../../src/protocols/saml/subject-id.ts';
import { pairwiseRing, sampleSource } from '../../core/attributes/sample-attributes.ts';
import { sampleAccount, sampleConnection, samplePerson } from '../../core/sample-records.ts';

const entityId = 'https://sp.example/shibboleth';
type Asked = Parameters<typeof subjectIdFor>[0]['subjectIdentifier'];
const tell = (subjectIdentifier: Asked, source = sampleSource(), to = entityId) =>
  subjectIdFor({ entityId: to, subjectIdentifier }, source);

const subjectId = 'urn:oasis:names:tc:SAML:attribute:subject-id';
const pairwiseId = 'urn:oasis:names:tc:SAML:attribute:pairwise-id';

describe('subjectIdFor', () => {
  it.each<[Asked, string | undefined]>([
    ['none', undefined],
    ['subject-id', subjectId],
    ['pairwise-id', pairwiseId],
    // Either would do: the one by which nobody can be followed.
    ['any', pairwiseId],
  ])('tells a service that asks for %s of %s', (asked, name) => {
    expect(tell(asked)?.name).toBe(name);
  });

  it('has the same subject-id for every service, and for each account of a person', () => {
    const other = sampleSource({ account: sampleAccount({ id: 'account-2' }) });
    expect(tell('subject-id', other, 'https://other.example/')).toEqual(tell('subject-id'));
  });

  it('has another pairwise-id for every service', () => {
    expect(tell('pairwise-id', sampleSource(), 'https://other.example/')).not.toEqual(tell('pairwise-id'));
  });

  it('writes both as the profile has them, in lower case, whoever it is', () => {
    const syntax = /^[a-z0-9][a-z0-9=-]{0,126}@[a-z0-9][a-z0-9.-]{0,126}$/;
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (personId, accountId, to) => {
        const source = sampleSource({
          person: samplePerson({ id: personId }),
          account: sampleAccount({ id: accountId }),
          scope: 'Kyoto-U.ac.jp',
        });
        expect(tell('subject-id', source, to)?.value).toMatch(syntax);
        expect(tell('pairwise-id', source, to)?.value).toMatch(syntax);
      }),
    );
  });

  it('never tells a service what a service by OpenID Connect is told, by whatever name they go', () => {
    const subjects = subjectsOf(pairwiseRing());
    const ids = fc.constantFrom('account-1', 'account-2', '1');
    fc.assert(
      fc.property(fc.webUrl({ withFragments: false }), ids, ids, (url, mine, theirs) => {
        const sector = sectorOf(sampleConnection({ oidc: { redirectUris: [url] } }));
        const told = pseudonymUnder(pairwiseRing())(theirs, `saml ${sector}`).toString('base64url');
        const [value = ''] =
          tell('pairwise-id', sampleSource({ account: sampleAccount({ id: mine }) }), sector)?.value.split('@') ?? [];
        const subject = subjects.pairwise(mine, sector);
        expect(Buffer.from(value, 'hex').toString('base64url')).not.toBe(subject);
        expect(told).not.toBe(subject);
      }),
    );
  });
});
