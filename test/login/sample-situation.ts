/** Requests and situations made to order: a student with a live session, to whom nothing stands in the way. */
import { days } from '../../src/base/duration.ts';
import type { AssuranceRule } from '../../src/core/credentials/assurance.ts';
import type { LoginOrigin, Situation, Subject } from '../../src/login/facts.ts';
import type { LoginRequest } from '../../src/login/request.ts';
import { requirementsOf } from '../../src/login/requirement.ts';
import type { Stored } from '../../src/store/port.ts';
import {
  passwordUse,
  sampleAccount,
  sampleConnection,
  samplePerson,
  sampleSession,
  startInstant,
} from '../core/sample-records.ts';

export const sampleRequest = (wishes: Partial<LoginRequest> = {}): LoginRequest => ({
  protocol: 'oidc',
  connectionId: 'kulasis',
  demand: { acceptable: [], essential: false },
  force: false,
  chooseAccount: false,
  askRelease: false,
  named: [],
  attributes: ['displayName', 'mail'],
  ...wishes,
});

export const sampleOrigin: LoginOrigin = { address: '192.0.2.1' };

export const asStored = <T extends { readonly id: string }>(record: T): Stored<T> => ({ ...record, version: 1 });

export const sampleSubject = (wishes: Partial<Subject> = {}): Subject => ({
  account: asStored(sampleAccount()),
  person: samplePerson(),
  standing: 'active',
  factors: [passwordUse()],
  held: [],
  isProvenHere: false,
  isAudience: true,
  isNamed: true,
  hasConsented: false,
  ...wishes,
});

export const sampleRule: AssuranceRule = {
  mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
  aal2By: { totp: false, certificate: false, passkeys: [] },
};

/** What is required follows from request and connection, unless it is wished for by itself. */
export function sampleSituation(wishes: Partial<Situation> = {}): Situation {
  const situation = {
    now: startInstant,
    assurance: sampleRule,
    enrolment: { window: days(14) },
    canMail: true,
    request: sampleRequest(),
    progress: {},
    connection: sampleConnection(),
    session: asStored(sampleSession()),
    owner: { account: asStored(sampleAccount()), person: samplePerson() },
    subject: sampleSubject(),
    termsVersion: '2026-04',
    ...wishes,
  };
  return { requirements: requirementsOf(situation), ...situation };
}

/** Nobody is signed in, and nothing was proven. */
export function strangerSituation(wishes: Partial<Situation> = {}): Situation {
  const { session: _session, owner: _owner, subject: _subject, ...rest } = sampleSituation();
  return { ...rest, ...wishes };
}
