/** A failure as a report: in a sentence, with its code and facts, never with a stack unless that was asked for. */
import { CommanderError } from 'commander';
import { type DomainError, type ErrorCode, isDomainError } from '../base/errors.ts';
import type { Locale } from '../base/locale.ts';
import { errorWords } from '../i18n/error-words.ts';
import { type Report, refused } from './report.ts';
import { UsageError } from './usage-error.ts';
import { ConfigRefused } from './verb.ts';

export type Failure =
  | { readonly exitCode: 1; readonly report: Report }
  | { readonly exitCode: 2; readonly text: string }
  /** Commander has said what there is to say, or was asked for help. */
  | { readonly exitCode: 0 | 2; readonly text?: never };

/** What another process met and has put into words already: told here, in its place. */
export class ToldFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('report' in failure ? failure.report.lines.join(' ') : (failure.text ?? 'it was not understood'));
    this.failure = failure;
  }
}

export function failureOf(error: unknown, locale: Locale, isVerbose: boolean): Failure {
  if (error instanceof CommanderError) return { exitCode: isRequestedHelp(error) ? 0 : 2 };
  if (error instanceof UsageError) return { exitCode: 2, text: error.message };
  if (error instanceof ConfigRefused) return { exitCode: 1, report: error.report };
  if (error instanceof ToldFailure) return error.failure;
  const { code, facts } = toldOf(error);
  const { title, body } = errorWords(locale, code);
  const details = Object.entries(facts).map(([key, value]) => `${key}: ${String(value)}`);
  const lines = [`${title} (${[code, ...details].join('; ')})`];
  if (explained.has(code)) lines.push(body);
  // A code of ours explains itself; anything else is a bug, and its message is all there is to go by.
  if (code === 'internal') lines.push(String(error instanceof Error ? error.message : error));
  if (isVerbose && error instanceof Error) lines.push(stackOf(error));
  else if (code === 'internal') lines.push('Run it again with --verbose for where this happened.');
  return { exitCode: 1, report: refused(lines, { error: { code, message: title, facts } }) };
}

/** Met by operators, who are told what to do about it. */
const explained: ReadonlySet<ErrorCode> = new Set([
  'server.address_taken',
  'store.forbidden',
  'store.half_copied',
  'store.in_use',
  'store.no_primary',
  'store.standalone',
  'store.too_old',
  'store.unreachable',
  'store.upgrade_failed',
  'store.wrong_set',
]);

/** A port that is taken is met by everybody who starts a demo twice: it is told in words, whichever server met it. */
function toldOf(error: unknown): Pick<DomainError, 'code' | 'facts'> {
  if (isDomainError(error)) return error;
  const { code, address, port } = (error ?? {}) as { code?: unknown; address?: string; port?: number };
  if (code !== 'EADDRINUSE') return { code: 'internal', facts: {} };
  return { code: 'server.address_taken', facts: { address: address ?? '', port: port ?? 0 } };
}

const isRequestedHelp = ({ code }: CommanderError): boolean =>
  code === 'commander.helpDisplayed' || code === 'commander.version';

const stackOf = (error: Error): string =>
  `${error.stack ?? error.message}${error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : ''}`;
