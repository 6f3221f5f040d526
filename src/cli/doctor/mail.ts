/** The way out for mail. Only with --reach is the server there spoken to: it logs the visit. */
import { accessSync, constants } from 'node:fs';
import { isProduction } from '../../config/rules/production.ts';
import type { MailSetting } from '../../config/schema/mail.ts';
import type { SendOutcome } from '../../core/notices/sender.ts';
import { openTransport } from '../../mail/transport.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export function checkMail({ config }: Patient): readonly Finding[] {
  const { mail } = config;
  if (!mail) {
    const say = isProduction(config) ? warning : note;
    return [say('mail', 'there is no mail section: mails are owed and not sent', 'Name the SMTP server under mail.')];
  }
  const { passwordFile } = mail;
  if (passwordFile !== undefined && !isReadable(passwordFile)) {
    return [problem('mail', `mail.passwordFile ${passwordFile} cannot be read`, 'Check its path and who may read it.')];
  }
  return [ok('mail', `mail leaves by ${mail.host}, port ${mail.port}`)];
}

/** Connects, and logs in where a login is configured; sends nothing. */
export async function reachMail({ config }: Patient): Promise<readonly Finding[]> {
  const { mail, server } = config;
  if (!mail || (mail.passwordFile !== undefined && !isReadable(mail.passwordFile))) return [];
  const transport = openTransport(mail, new URL(server.issuer).hostname, {
    connect: 5_000,
    silence: 10_000,
    whole: 20_000,
  });
  try {
    return [judgeProbe(mail, await transport.probe())];
  } finally {
    transport.close();
  }
}

function judgeProbe({ host, port }: MailSetting, outcome: SendOutcome): Finding {
  if (outcome.kind === 'accepted') return ok('mail', `${host}, port ${port} would take mail now`);
  const todo = 'Check mail.host, port, security and the login; what is owed is kept and sent later.';
  return problem('mail', `${host}, port ${port} does not take mail: ${outcome.reason}`, todo);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
