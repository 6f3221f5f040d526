/** All checks, in the order in which a person would ask. One that cannot be made is told as a finding; the others go on. */
import { isDomainError } from '../../base/errors.ts';
import { checkAdministrator } from './administrator.ts';
import { checkAudit } from './audit.ts';
import { reachCertificates } from './certificate.ts';
import { checkAuthorities, checkRevocationLists } from './client-certificates.ts';
import { checkClock } from './clock.ts';
import { checkConfiguration } from './configuration.ts';
import { reachConnections } from './connections.ts';
import { checkDemo } from './demo.ts';
import { checkDisk } from './disk.ts';
import { type CheckName, type Finding, problem } from './finding.ts';
import { reachIssuer } from './issuer.ts';
import { checkJobs } from './jobs.ts';
import { checkKeys } from './keys.ts';
import { checkMail, reachMail } from './mail.ts';
import { checkOutbox } from './outbox.ts';
import { checkPasskeyMakers } from './passkeys.ts';
import type { OpenPatient, Patient } from './patient.ts';
import { checkPermissions } from './permissions.ts';
import { checkPolicy } from './policy.ts';
import { checkProxies } from './proxies.ts';
import { checkRegistered } from './registered-certificates.ts';
import { checkReleases } from './releases.ts';
import { checkSamlConnections } from './saml.ts';
import { checkStore } from './store.ts';

type Check<P> = readonly [CheckName, (patient: P) => readonly Finding[] | Promise<readonly Finding[]>];

const ofInstallation: readonly Check<Patient>[] = [
  ['configuration', checkConfiguration],
  ['proxies', checkProxies],
  ['store', checkStore],
  ['disk', checkDisk],
  ['permissions', checkPermissions],
  ['keys', checkKeys],
  ['passkeys', checkPasskeyMakers],
  ['certificates', checkAuthorities],
  ['mail', checkMail],
];

const ofRecords: readonly Check<OpenPatient>[] = [
  ['clock', checkClock],
  ['administrator', checkAdministrator],
  ['demo', checkDemo],
  ['audit', checkAudit],
  ['outbox', checkOutbox],
  ['connections', checkRegistered],
  ['connections', checkSamlConnections],
  ['policy', checkPolicy],
  ['connections', checkReleases],
  ['certificates', checkRevocationLists],
];

/** Opens the store as any verb does, so only where that changes nothing. */
const ofWork: readonly Check<Patient>[] = [['jobs', checkJobs]];

const fromOutside: readonly Check<Patient>[] = [
  ['issuer', reachIssuer],
  ['certificate', reachCertificates],
  ['mail', reachMail],
];

const outsideOfRecords: readonly Check<OpenPatient>[] = [['connections', reachConnections]];

export async function examine(patient: Patient, isReaching: boolean): Promise<readonly Finding[]> {
  const found = [...(await all(ofInstallation, patient))];
  const { records } = patient;
  const isSick = found.some(({ check, severity }) => severity === 'problem' && (check === 'store' || check === 'keys'));
  if (records && !isSick) {
    const open = { ...patient, file: records };
    found.push(...(await all(ofRecords, open)));
    if (isReaching) found.push(...(await all(outsideOfRecords, open)));
    if (records.isLayoutPresent) found.push(...(await all(ofWork, patient)));
  }
  if (isReaching) found.push(...(await all(fromOutside, patient)));
  return found;
}

async function all<P>(checks: readonly Check<P>[], patient: P): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const [name, check] of checks) {
    try {
      found.push(...(await check(patient)));
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const facts = Object.entries(error.facts).map(([key, value]) => `; ${key}: ${String(value)}`);
      found.push(problem(name, `it could not be looked at (${error.code}${facts.join('')})`));
    }
  }
  return found;
}
