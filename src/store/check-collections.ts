/** Refuses declarations that could not become tables and columns. They are ours, so a bad one is a bug, not an input. */
import type { AnyCollection } from './port.ts';

// No underscore and no quote: names are put into SQL as they are, and an underscore separates their parts there.
const identifier = /^[a-zA-Z][a-zA-Z0-9]*$/;

/** @throws TypeError naming the declaration. */
export function checkCollections(collections: readonly AnyCollection[]): void {
  checkNames('collection', collections);
  for (const collection of collections) {
    checkNames(`index of ${collection.name}`, collection.indexes);
    if (collection.expiresAt !== undefined) checkName(`field of ${collection.name}`, collection.expiresAt);
    for (const index of collection.indexes) {
      for (const field of index.fields) checkName(`field of ${collection.name}`, field);
      const isPossible = index.multiple ? index.fields.length === 1 : index.fields.length > 0;
      if (!isPossible) throw new TypeError(`index ${collection.name}.${index.name} has the wrong number of fields`);
    }
  }
}

function checkNames(what: string, named: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    checkName(what, name);
    // SQLite does not tell `People` from `people`.
    if (seen.has(name.toLowerCase())) throw new TypeError(`${what} declared twice: ${name}`);
    seen.add(name.toLowerCase());
  }
}

function checkName(what: string, name: string): void {
  if (!identifier.test(name)) throw new TypeError(`not a name for a ${what}: ${name}`);
}
