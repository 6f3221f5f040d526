/** The command line itself is wrong: told in a sentence, exit code 2. */
export class UsageError extends Error {}
