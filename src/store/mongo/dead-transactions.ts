/**
 * A node that dies in the middle of a transaction leaves it open, and what it has written there closed to everybody else, for the
 * minute that servers allow a transaction: longer than anybody waits. So whoever has waited for long ends what has lain idle; nodes
 * pause for a few milliseconds between two writes, and one that was only stalled begins anew. It needs no right but that to one's
 * own sessions.
 */
import type { Connection } from 'mongoose';

/** Milliseconds; how long a commit waits before it looks, and how long what it ends has lain idle. */
const patience = 2_000;

export class DeadTransactions {
  readonly #connection: Connection;
  #looking: Promise<void> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Looks again and again until the commit has come to its end. */
  async keepFrom<Answer>(commit: () => Promise<Answer>): Promise<Answer> {
    const watch = setInterval(() => {
      this.#looking ??= this.#end().finally(() => {
        this.#looking = undefined;
      });
    }, patience);
    try {
      return await commit();
    } finally {
      clearInterval(watch);
    }
  }

  /** Where nobody answers there is nothing to end, and the commit says so itself. */
  async #end(): Promise<void> {
    const admin = this.#connection.getClient().db('admin');
    const idle = [
      { $currentOp: { allUsers: false, idleSessions: true } },
      {
        $match: {
          type: 'idleSession',
          appName: 'sekisho',
          'transaction.timeInactiveMicros': { $gte: patience * 1_000 },
        },
      },
    ];
    try {
      const found = await admin.aggregate(idle).toArray();
      const sessions = found.map(({ lsid }) => ({ id: lsid.id }));
      if (sessions.length > 0) await admin.command({ killSessions: sessions });
    } catch {}
  }
}
