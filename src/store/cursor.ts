/**
 * A place between two pages, as text that may travel through a browser. It holds only a position; the bounds of the
 * query are applied to every page again, so a forged cursor shows nothing that the query would not.
 */
import { DomainError } from '../base/errors.ts';
import { isScalar } from './check-record.ts';
import type { Scalar } from './port.ts';

export type Position = readonly Scalar[];

export const writeCursor = (index: string, position: Position): string =>
  Buffer.from(JSON.stringify([index, ...position])).toString('base64url');

/** @throws DomainError `input.invalid` when it is no cursor, or that of another query. */
export function readCursor(cursor: string, index: string, length: number): Position {
  const [name, ...position] = parseList(cursor);
  if (name !== index || position.length !== length || !position.every(isScalar)) throw invalidCursor();
  return position;
}

function parseList(cursor: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    throw invalidCursor(error);
  }
  if (!Array.isArray(parsed)) throw invalidCursor();
  return parsed;
}

const invalidCursor = (cause?: unknown): DomainError => new DomainError('input.invalid', { field: 'after' }, cause);
