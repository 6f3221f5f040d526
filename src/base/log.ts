/**
 * Structured logs, one JSON object a line, each with the request and the login that it belongs to. Fields that could carry
 * a secret are censored by name, as a second net.
 */
import { type DestinationStream, type Logger, pino } from 'pino';
import { trailHere } from './trail.ts';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const censoredFields = [
  'password',
  'secret',
  'token',
  'code',
  'cookie',
  'authorization',
  'client_secret',
  'code_verifier',
  'refresh_token',
  'access_token',
  'id_token',
  'id_token_hint',
].flatMap((field) => [field, `*.${field}`]);

/** Writes to `destination`, or to standard output. */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ ...trailHere() }),
    redact: { paths: censoredFields, censor: '***' },
  };
  return destination ? pino(options, destination) : pino(options);
}
