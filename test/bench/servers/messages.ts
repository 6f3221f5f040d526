/** What a measured server and the bench say to each other: the server runs in a process of its own. */

export interface Ready {
  readonly kind: 'ready';
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Cookie headers of people who are signed in. */
  readonly cookies: readonly string[];
}

export interface Usage {
  readonly kind: 'usage';
  /** Seconds of processor time since the start, user and system. */
  readonly cpuSeconds: number;
  readonly rssMiB: number;
}

export type FromServer = Ready | Usage;

/** Tells the bench that the server is ready, and answers its questions until it says stop. */
export function serveBench(ready: Omit<Ready, 'kind'>, stop: () => Promise<void>): void {
  const say = (message: FromServer): void => void process.send?.(message);
  process.on('message', async (asked) => {
    if (asked === 'usage') {
      const { user, system } = process.cpuUsage();
      say({ kind: 'usage', cpuSeconds: (user + system) / 1e6, rssMiB: process.memoryUsage().rss / 2 ** 20 });
    }
    if (asked === 'stop') {
      await stop();
      process.exit(0);
    }
  });
  say({ kind: 'ready', ...ready });
}
