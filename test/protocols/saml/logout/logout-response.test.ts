import { describe, expect, it } from '@jest/globals';
import {
  type AnswerWords,
  logoutResponseXml,
  readLogoutResponse,
} from '../../../../src/protocols/saml/logout/logout-response.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { write } from '../../../../src/protocols/saml/xml/write.ts';

const answer: AnswerWords = {
  id: '_2',
  inResponseTo: '_1',
  destination: 'https://idp.example/slo',
  issuedAt: Date.UTC(2026, 3, 10, 8),
  issuer: 'https://sp.example/metadata',
  status: { top: 'success' },
};
const written = (changes: Partial<AnswerWords> = {}) => write(logoutResponseXml({ ...answer, ...changes }));
const read = (text: string) => readLogoutResponse(parseXml(text).root);

describe('a LogoutResponse', () => {
  it('says when it is read what was written', () => {
    const { id, inResponseTo, destination, issuer } = answer;
    expect(read(written())).toEqual({
      id,
      inResponseTo,
      destination,
      issuer,
      issueInstant: answer.issuedAt,
      isSuccess: true,
    });
  });

  it.each<[string, AnswerWords['status']]>([
    ['Responder', { top: 'responder' }],
    ['Requester and UnknownPrincipal', { top: 'requester', second: 'unknownPrincipal' }],
    // Core 3.7.3.2: it is over there, and not at all of those for whom the service answers.
    ['Success and PartialLogout', { top: 'success', second: 'partialLogout' }],
  ])('is no success with %s', (_what, status) => {
    expect(read(written({ status })).isSuccess).toBe(false);
  });

  it.each([
    ['of another kind', written().replaceAll('LogoutResponse', 'Response')],
    ['that answers nothing', written().replace(' InResponseTo="_1"', '')],
    ['without a status', written().replace(/<samlp:Status>.*<\/samlp:Status>/, '')],
    [
      'with an assertion in it',
      written().replace(
        '</samlp:LogoutResponse>',
        '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/></samlp:LogoutResponse>',
      ),
    ],
  ])('is refused %s', (_what, text) => {
    expect(text).not.toBe(written());
    expect(() => read(text)).toThrow(expect.objectContaining({ reason: 'message_invalid' }));
  });
});
