import { describe, expect, it } from '@jest/globals';
import { judgeFailure } from '../../src/mail/judge-failure.ts';

const rows = [
  [
    'an unknown mailbox',
    { command: 'RCPT TO', responseCode: 550, permanent: true, response: '550 5.1.1 <a@b> unknown' },
    { kind: 'never', reason: 'RCPT TO 550 5.1.1' },
  ],
  [
    'a refused text',
    { command: 'DATA', responseCode: 554, permanent: true, response: '554 no' },
    { kind: 'never', reason: 'DATA 554' },
  ],
  ['an address that cannot be written', { code: 'EENVELOPE', command: 'API' }, { kind: 'never', reason: 'EENVELOPE' }],
  [
    'a full mailbox',
    { command: 'RCPT TO', responseCode: 452, permanent: false, response: '452 4.2.2 full' },
    { kind: 'later', reason: 'RCPT TO 452 4.2.2' },
  ],
  [
    'a greylisted text',
    { command: 'DATA', responseCode: 451, permanent: false, response: '451-4.7.1 wait' },
    { kind: 'later', reason: 'DATA 451 4.7.1' },
  ],
  [
    'our wrong password',
    { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, permanent: true, response: '535 5.7.8 no' },
    { kind: 'unreachable', reason: 'AUTH PLAIN 535 5.7.8' },
  ],
  [
    'our refused address',
    { command: 'MAIL FROM', responseCode: 550, permanent: true, response: '550 5.7.1 no' },
    { kind: 'unreachable', reason: 'MAIL FROM 550 5.7.1' },
  ],
  [
    'a closed port',
    { code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' },
    { kind: 'unreachable', reason: 'ECONNREFUSED' },
  ],
  ['a missing STARTTLS', { code: 'ETLS', command: 'STARTTLS' }, { kind: 'unreachable', reason: 'ETLS' }],
  ['something that is no error', 'oops', { kind: 'unreachable', reason: 'internal' }],
] as const;

describe('judgeFailure', () => {
  it.each(rows)('judges %s, and repeats nothing of what was said', (_case, failure, outcome) => {
    expect(judgeFailure(failure)).toEqual(outcome);
  });
});
