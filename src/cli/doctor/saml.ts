/**
 * What of the SAML connections an operator should know: keys that they pin, certificates that end, and the name that goes out
 * without its level. A service's own certificate is told though nothing here looks at its end: its software may.
 */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { isSaml, type SamlConnection } from '../../core/connections/connection.ts';
import { allConnections } from '../../core/connections/registry.ts';
import { readServiceCertificate } from '../../core/connections/saml/certificate.ts';
import { untrueNameWords } from '../../core/connections/saml/notes.ts';
import { type RingKey, readKeys } from '../../core/keys/ring.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, note, problem, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';
import { tell } from './registered-certificates.ts';

export async function checkSamlConnections({ clock, file }: OpenPatient): Promise<readonly Finding[]> {
  const active = (await allConnections(file)).flatMap((one) => (isSaml(one) && one.state === 'active' ? [one] : []));
  if (active.length === 0) return [];
  const keys = (await readKeys(file.store)).filter(({ use }) => use === 'saml-signing');
  const now = clock.now();
  return active.flatMap((connection) => [
    ...judgePin(connection, keys, now),
    ...judgeOwnCertificates(connection, now),
    ...judgeTold(connection),
  ]);
}

/** Time enough to have a certificate pasted elsewhere. */
const noticeOfPin = days(90);

export function judgePin(connection: SamlConnection, keys: readonly RingKey[], now: Instant): readonly Finding[] {
  const { id, saml } = connection;
  if (saml.pinnedKey === undefined) return [];
  const pinned = keys.find((key) => key.id === saml.pinnedKey);
  const what = `${id} pins the key ${saml.pinnedKey}`;
  const renew = `${tell(connection)} It needs the certificate of another key (\`sekisho keys certificate\`); then change pinnedKey and import the connection.`;
  if (!pinned || pinned.state === 'gone') {
    return [problem('connections', `${what}, which is gone: the service refuses every login`, renew)];
  }
  const endsAt = pinned.certificate?.endsAt ?? Number.POSITIVE_INFINITY;
  if (endsAt <= now) return [problem('connections', `${what}, whose certificate ended at ${isoTime(endsAt)}`, renew)];
  if (endsAt - noticeOfPin <= now) {
    return [warning('connections', `${what}, whose certificate ends at ${isoTime(endsAt)}`, renew)];
  }
  return pinned.state === 'retiring'
    ? [note('connections', `${what}, which signs for nobody else any more`, renew)]
    : [];
}

const noticeOfCertificate = days(30);

function judgeOwnCertificates(connection: SamlConnection, now: Instant): readonly Finding[] {
  const { id, saml } = connection;
  const ending = [...new Set([...saml.signingCertificates, ...saml.encryptionCertificates])]
    .flatMap((der) => readServiceCertificate(der) ?? [])
    .filter(({ endsAt }) => endsAt - noticeOfCertificate <= now);
  return ending.map(({ subject, endsAt }) =>
    note(
      'connections',
      `the certificate ${subject} of ${id} ${endsAt <= now ? 'ended' : 'ends'} at ${isoTime(endsAt)}`,
      `${tell(connection)} Here only its key counts, so logins go on; import its metadata again when it has a new one.`,
    ),
  );
}

const judgeTold = ({ id, saml: { tellsTrustedBrowserAs: name } }: SamlConnection): readonly Finding[] =>
  name === undefined
    ? []
    : [
        note(
          'connections',
          `at ${id}, ${untrueNameWords(name)}`,
          'Leave tellsTrustedBrowserAs out of the connection when this is not wanted any more.',
        ),
      ];
