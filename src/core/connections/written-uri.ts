/** What holds of every address on a connection, wherever it leads: read in one way only, by everybody. */

export type ReadUri =
  | { readonly kind: 'read'; readonly url: URL }
  | { readonly kind: 'refused'; readonly problem: string };

const refused = (problem: string): ReadUri => ({ kind: 'refused', problem });

export function readUri(uri: string): ReadUri {
  const url = URL.parse(uri);
  if (url === null) return refused('is no absolute address');
  if (/[\s\\]/.test(uri)) return refused('holds a space or a backslash');
  if (uri.includes('#')) return refused('must not have a fragment (#)');
  if (url.username !== '' || url.password !== '') return refused('must not name a user');
  return { kind: 'read', url };
}

/** Addresses are compared character by character, so one that programs would write in another way could never match. */
export const spellingProblem = (uri: string, { href }: URL): string | undefined =>
  href === uri || href === `${uri}/` ? undefined : `must be written as browsers write it: ${href}`;
