/** A whole number from 1 on, as the value of an option. */
import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,15}$/.test(text) || count < 1) throw new InvalidArgumentError('Expected a whole number from 1 on.');
  return count;
}
