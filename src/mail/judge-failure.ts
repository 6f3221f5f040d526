/**
 * What a failed SMTP delivery means for the mail. Only a refusal of this very mail or mailbox (RFC 5321, 4.2.1: 5yz, after
 * RCPT TO or DATA) is final. The same answer to our login or our sender address speaks of us: taken as final, a changed
 * password at the server would turn the mails of a whole night into dead letters.
 */
import type { SendOutcome } from '../core/notices/sender.ts';

/** What nodemailer tells of a failure. Its `message` and `response` are left alone: they may repeat addresses. */
interface SmtpFailure {
  readonly code?: string;
  /** Of the system, where `code` is nodemailer's. */
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly permanent?: boolean;
}

export function judgeFailure(error: unknown): Exclude<SendOutcome, { readonly kind: 'accepted' }> {
  const failure = (typeof error === 'object' && error !== null ? error : {}) as SmtpFailure;
  const reason = reasonOf(failure);
  const speaksOfMail = failure.command === 'RCPT TO' || failure.command === 'DATA';
  // Refused before it was offered to the server: no recipient in it, or none that could be written.
  if (failure.code === 'EENVELOPE' && failure.command === 'API') return { kind: 'never', reason };
  if (speaksOfMail && failure.permanent === true) return { kind: 'never', reason };
  if (speaksOfMail) return { kind: 'later', reason };
  return { kind: 'unreachable', reason };
}

/** `RCPT TO 550 5.1.1`, `AUTH PLAIN 535 5.7.8`, `ECONNREFUSED`. */
function reasonOf({ code, originalCode, command, response, responseCode }: SmtpFailure): string {
  if (responseCode === undefined) return originalCode ?? code ?? 'internal';
  const [, enhanced] = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '') ?? [];
  return [command, responseCode, enhanced].filter((part) => part !== undefined).join(' ');
}
