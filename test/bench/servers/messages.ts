/** What a measured server and the bench say to each other: the server runs in a process of its own. */

/** Where a server is asked, and as whom. */
export interface Ready {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export interface Usage {
  /** Seconds of processor time since the start, user and system. */
  readonly cpuSeconds: number;
  readonly rssMiB: number;
}

export type FromServer =
  | ({ readonly kind: 'usage' } & Usage)
  | { readonly kind: 'ready'; readonly cookies: readonly string[] };
