/**
 * Client certificates of people and services: whether those who sign them can be read and how long they last, and whether
 * it is known today what was revoked.
 */
import { readFileSync } from 'node:fs';
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { listsAt, type RevocationList } from '../../core/certificates/revocation-list.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, ok, orOk, problem, warning } from './finding.ts';
import type { OpenPatient, Patient } from './patient.ts';

/** In which an authority's successor is announced and its file brought here. */
const notice = days(60);

/** The files: without them the next start fails. */
export async function checkAuthorities({ config, clock }: Patient): Promise<readonly Finding[]> {
  const { certificates, server } = config;
  const { key, certificate } = server.certificates?.listen ?? {};
  const own = [key, certificate].filter((path) => path !== undefined).filter((path) => !isReadable(path));
  const found = own.map((path) =>
    problem('certificates', `server.certificates.listen: ${path} cannot be read`, fileTodo),
  );
  if (!certificates) return found;
  // Only here: the library that reads them takes its time.
  const { certificatesIn } = await import('../../core/certificates/read-certificate.ts');
  const { isFitAuthority } = await import('../../core/certificates/fitness.ts');
  const paths = [...certificates.authorities, ...certificates.intermediates];
  const judged = paths.flatMap((path): readonly (Finding | undefined)[] => {
    try {
      const all = certificatesIn(readFileSync(path));
      const unfit = all.filter((one) => !isFitAuthority(one, []));
      const last = Math.min(...all.map(({ notAfter }) => notAfter));
      return [judgeEnd(path, last, clock.now()), ...unfit.map(({ subject }) => tellUnfit(path, subject))];
    } catch {
      return [problem('certificates', `${path} holds no certificate that can be read`, fileTodo)];
    }
  });
  const all = [...found, ...judged.filter((finding) => finding !== undefined)];
  return orOk(all, 'certificates', `${paths.length} files of authorities are in order`);
}

/** Whoever shows one hears only that its authority is unknown. */
const tellUnfit = (path: string, subject: string): Finding =>
  warning(
    'certificates',
    `${subject} in ${path} cannot vouch for anybody here: everything under it is refused`,
    'Is it the certificate of an authority, for clients, with an RSA key of 2048 bits or more? Critical name constraints are not looked at, and refused. Ask the authority for another.',
  );

const fileTodo = 'Check its path, its content (PEM) and who may read it.';

const isReadable = (path: string): boolean => {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
};

function judgeEnd(path: string, end: Instant, now: Instant): Finding | undefined {
  const todo = 'Bring the certificate of its successor, beside it or in its place.';
  if (end <= now) {
    return problem('certificates', `an authority in ${path} ended ${isoTime(end)}: what it signed is refused`, todo);
  }
  return end - now > notice ? undefined : warning('certificates', `an authority in ${path} ends ${isoTime(end)}`, todo);
}

export async function checkRevocationLists({ config, clock, file }: OpenPatient): Promise<readonly Finding[]> {
  const { lists = [], whenStale } = config.certificates?.revocation ?? {};
  const places = lists.map(({ url, file: path }) => url ?? path ?? '');
  const signers = await signersIn(config);
  const rule = { now: clock.now(), isRefusing: whenStale !== 'accept' };
  const found = await Promise.all(
    places.map(async (place) => {
      // Of an authority that is no longer configured one may still lie here, which nobody asks any more.
      const kept = (await listsAt(file.store, place)).filter(({ signerKey }) => signers.includes(signerKey));
      return kept.length === 0 ? [judgeList(place, undefined, rule)] : kept.map((list) => judgeList(place, list, rule));
    }),
  );
  return found.flat();
}

/** Those that can be read; of the others checkAuthorities tells. */
async function signersIn({ certificates }: Patient['config']): Promise<readonly string[]> {
  if (!certificates) return [];
  const { certificatesIn } = await import('../../core/certificates/read-certificate.ts');
  return [...certificates.authorities, ...certificates.intermediates].flatMap((path) => {
    try {
      return certificatesIn(readFileSync(path)).map(({ keyDigest }) => keyDigest);
    } catch {
      return [];
    }
  });
}

function judgeList(
  place: string,
  list: RevocationList | undefined,
  { now, isRefusing }: { readonly now: Instant; readonly isRefusing: boolean },
): Finding {
  const todo =
    'Is a server running? `sekisho jobs run revocation-lists` says what stands in the way; the authority says where its list is now.';
  const since = list === undefined ? 'was never taken' : `was in force until ${isoTime(list.nextUpdate)}`;
  if (list !== undefined && now <= list.nextUpdate) {
    const count = `${list.count} revoked`;
    return ok('certificates', `the list ${place} is in force until ${isoTime(list.nextUpdate)}: ${count}`);
  }
  return isRefusing
    ? problem('certificates', `the list ${place} ${since}: certificates of its authority are refused`, todo)
    : warning('certificates', `the list ${place} ${since}: what was revoked since is not known`, todo);
}
