/** An outbox in a world of its own, with a way out that answers as a test wishes and remembers what reached it. */
import { openLog } from '../../../src/base/log.ts';
import type { MailContent } from '../../../src/core/notices/content.ts';
import { deliverDue } from '../../../src/core/notices/deliver-due.ts';
import type { DeliveryMeans } from '../../../src/core/notices/delivery.ts';
import { type Notice, notices } from '../../../src/core/notices/notice.ts';
import { type Owed, planNotices } from '../../../src/core/notices/plan.ts';
import type { Envelope, SendOutcome } from '../../../src/core/notices/sender.ts';
import type { Stored } from '../../../src/store/port.ts';
import { type Fresh, freshWorld } from '../fresh-world.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const mailTo = (to: string, by: 'self' | 'desk' = 'self'): Owed & { readonly content: MailContent } => ({
  kind: 'mail',
  content: {
    to,
    locale: 'ja',
    mail: {
      type: 'password_changed',
      by,
      name: { ja: '京都 花子', en: 'Hanako Kyoto' },
      loginName: 'a0123456',
      accountKind: 'ecs',
      at: Date.UTC(2026, 3, 10, 8),
      notMe: { token: 'a token', until: Date.UTC(2026, 3, 17, 8) },
    },
  },
});

export const logoutAt = (connectionId: string, sid: string): Owed => ({
  kind: 'logout',
  content: { protocol: 'oidc', connectionId, sid, sub: 'sub' },
});

export interface Sent {
  readonly to: string;
  readonly envelope: Envelope;
}

export interface OutboxStage extends Fresh {
  readonly lines: string[];
  /** Everything that was offered to the way out, in order. */
  readonly offered: Sent[];
  /** Asked for each; `accepted` unless replaced. */
  answer: (sent: Sent) => SendOutcome | Promise<SendOutcome>;
  readonly means: DeliveryMeans;
  owe(...owed: readonly Owed[]): Promise<void>;
  deliver(signal?: AbortSignal): Promise<void>;
  /** All of them, in the order in which they were owed. */
  all(): Promise<readonly Stored<Notice>[]>;
  states(): Promise<readonly string[]>;
}

export const down: SendOutcome = { kind: 'unreachable', reason: 'ECONNREFUSED' };
export const full: SendOutcome = { kind: 'later', reason: 'RCPT TO 452 4.2.2' };
export const unknown: SendOutcome = { kind: 'never', reason: 'RCPT TO 550 5.1.1' };

export function outboxStage(fresh: Fresh): OutboxStage {
  const { world, masterKey } = fresh;
  const lines: string[] = [];
  const log = openLog('debug', { write: (line: string) => void lines.push(line) });
  const take = (to: string, envelope: Envelope): SendOutcome | Promise<SendOutcome> => {
    const sent = { to, envelope };
    stage.offered.push(sent);
    return stage.answer(sent);
  };
  const stage: OutboxStage = {
    ...fresh,
    lines,
    offered: [],
    answer: () => ({ kind: 'accepted' }),
    means: {
      masterKey,
      senders: {
        mail: async ({ to }, envelope) => take(to, envelope),
        logout: async (content, envelope) => take(content.protocol === 'oidc' ? content.sid : '', envelope),
      },
      giveUpAfter: 4 * day,
    },
    async owe(...owed) {
      await world.store.commit(await planNotices(world, masterKey, owed));
    },
    deliver: (signal = new AbortController().signal) => deliverDue(stage.means, { world, signal, log }),
    async all() {
      const { records } = await world.store.find(notices, { index: 'byTime', limit: 1000 });
      return records.toSorted((a, b) => a.order - b.order);
    },
    states: async () => (await stage.all()).map(({ state }) => state),
  };
  return stage;
}

/** To be called inside `describe`; what it answers gives the stage of the test that runs. */
export function freshOutbox(): () => OutboxStage {
  const fresh = freshWorld(notices);
  const stages = new WeakMap<Fresh, OutboxStage>();
  return () => {
    const stage = stages.get(fresh()) ?? outboxStage(fresh());
    stages.set(fresh(), stage);
    return stage;
  };
}
