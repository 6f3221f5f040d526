/** The database that the address names, else `sekisho`. */
export const databaseOf = (url: string): string => /^[^:]+:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? 'sekisho';
