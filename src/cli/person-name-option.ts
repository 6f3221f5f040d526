/** The name of a person who answers for an act, as the value of an option: it goes into the audit trail. */
import { InvalidArgumentError } from 'commander';

const longest = 100;

/** @throws InvalidArgumentError */
export function parsePersonName(text: string): string {
  const name = text.trim().replace(/\s+/gu, ' ');
  if (!/\p{L}/u.test(name) || name.length > longest || /\p{Cc}/u.test(name)) {
    throw new InvalidArgumentError(`Expected the name of a person, ${longest} characters at most.`);
  }
  return name;
}
