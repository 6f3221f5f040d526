/** `factors list`: what an account can prove itself with, a line each; what a factor holds is never shown. */
import type { Command } from 'commander';
import { type RefusedCertificate, refusedOf } from '../core/credentials/certificates/refused-certificate.ts';
import { type Credential, credentialsOf } from '../core/credentials/credential.ts';
import { maskedAddress } from '../core/credentials/masked-address.ts';
import { openReset } from '../core/credentials/reset-factors.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { isoTime, readerOf, shownTime } from './shown-time.ts';
import { printable, tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list <login-name>',
  summary: 'list what an account can prove itself with',
  json: `{ account: { id, loginName, state }, factors: [{ kind, name?, since, lastUsedAt?, left? (recovery codes), expiresAt? }],
reset?: { askedBy, reason, askedAt, expiresAt } (asked for, and not yet confirmed),
removedCertificates?: [{ serial, subject, removedAt, expiresAt }] (they prove nothing until a desk restores one) }`,
};

export const addFactorsList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world, { config }) => {
      const { id, loginName, state } = await namedAccount(world, call.args[0] ?? '');
      const factors = (await credentialsOf(world.store, id)).map(listed);
      const [request, removed] = await Promise.all([openReset(world, id), refusedOf(world, id)]);
      const time = (at: number | undefined) =>
        at === undefined ? '' : shownTime(at, readerOf(call.terminal.environment, config));
      const rows = factors.map(({ kind, name = '', since, lastUsedAt, left, expiresAt }) => [
        kind,
        left === undefined ? name : `${left} left`,
        time(since),
        time(lastUsedAt),
        time(expiresAt),
      ]);
      const asked = request && [
        `${printable(request.askedBy)} has asked for a reset: ${printable(request.reason)}`,
        `Somebody else confirms it before ${time(request.expiresAt)}: sekisho factors confirm ${loginName} --confirmed-by NAME`,
      ];
      const gone = removed.map(
        ({ serial, subject, refusedAt }) =>
          `The certificate ${serial} (${printable(subject)}) was removed ${time(refusedAt)} and proves nothing.`,
      );
      return done([tableOf(['kind', 'name', 'since', 'last used', 'ends'], rows), ...(asked ?? []), ...gone], {
        account: { id, loginName, state },
        factors: factors.map(asJson),
        ...(request ? { reset: resetJson(request) } : {}),
        ...(removed.length > 0 ? { removedCertificates: removed.map(removedJson) } : {}),
      });
    }),
  );

interface Listed {
  readonly kind: Credential['kind'];
  readonly name?: string;
  readonly since: number;
  readonly lastUsedAt?: number;
  readonly left?: number;
  readonly expiresAt?: number;
}

function listed(credential: Credential): Listed {
  const { kind, lastUsedAt } = credential;
  return { kind, ...detailsOf(credential), ...(lastUsedAt === undefined ? {} : { lastUsedAt }) };
}

function detailsOf(credential: Credential): Omit<Listed, 'kind' | 'lastUsedAt'> {
  switch (credential.kind) {
    case 'password':
      return { since: credential.setAt };
    case 'mail-code':
      return { name: maskedAddress(credential.address), since: credential.addedAt };
    case 'totp':
    case 'passkey':
      return { name: credential.name, since: credential.addedAt };
    case 'certificate':
      return { name: credential.name, since: credential.addedAt, expiresAt: credential.expiresAt };
    case 'recovery-code':
      return { since: credential.madeAt, left: credential.codes.length };
    case 'temporary-pass':
      return { name: credential.givenBy, since: credential.givenAt, expiresAt: credential.expiresAt };
  }
}

const asJson = ({ since, lastUsedAt, expiresAt, ...rest }: Listed) => ({
  ...rest,
  since: isoTime(since),
  ...(lastUsedAt === undefined ? {} : { lastUsedAt: isoTime(lastUsedAt) }),
  ...(expiresAt === undefined ? {} : { expiresAt: isoTime(expiresAt) }),
});

const removedJson = ({ serial, subject, refusedAt, expiresAt }: RefusedCertificate) => ({
  serial,
  subject,
  removedAt: isoTime(refusedAt),
  expiresAt: isoTime(expiresAt),
});

const resetJson = ({
  askedBy,
  reason,
  askedAt,
  expiresAt,
}: {
  readonly askedBy: string;
  readonly reason: string;
  readonly askedAt: number;
  readonly expiresAt: number;
}) => ({ askedBy, reason, askedAt: isoTime(askedAt), expiresAt: isoTime(expiresAt) });
