/**
 * The one client for everything that is fetched or posted. A URL that somebody typed is an attack until shown otherwise:
 * where it may lead is decided on the resolved addresses, and what comes back is bounded in time and size.
 */
import type { Log } from '../base/log.ts';
import { judgeOf } from './address-judge.ts';
import { connect } from './connect.ts';
import { type Deadline, openDeadline } from './deadline.ts';
import { exchange } from './exchange.ts';
import type { Answer, Limits, Outcome, Outward } from './outcome.ts';
import { OutgoingError } from './outgoing-error.ts';
import { permittedAddresses } from './permitted-addresses.ts';
import { openSystemResolver, type Resolve } from './system-resolver.ts';
import { readTarget, type Target } from './target.ts';

export interface OutgoingOptions {
  /** Networks in CIDR form that may be reached although they are special, and over http. */
  readonly allow: readonly string[];
  readonly limits: Omit<Limits, 'headerBytes'> & Partial<Limits>;
  readonly log?: Log;
  /** PEM certificates to trust instead of Node's. */
  readonly ca?: readonly string[];
  /** Where names are asked; the operating system unless given. */
  readonly resolve?: Resolve;
}

export interface Outgoing {
  /** Never rejects because of what the other side is or does. */
  request(url: string | URL, outward?: Outward): Promise<Outcome>;
}

/** For whoever opened it. */
export interface OpenedOutgoing extends Outgoing {
  /** Ends what is under way, as `aborted`; whatever is asked later ends so too. */
  close(): void;
}

export function openOutgoing(options: OutgoingOptions): OpenedOutgoing {
  const { allow, log, ca, resolve = openSystemResolver() } = options;
  const judge = judgeOf(allow);
  const underway = new Set<Deadline>();
  let isClosed = false;

  async function answerFrom(target: Target, outward: Outward): Promise<Answer> {
    const limits: Limits = { headerBytes: 16_384, ...options.limits, ...outward.limits };
    const deadline = openDeadline(limits, outward.signal);
    const { signal } = deadline;
    const isSelfProving = outward.isSelfProving === true;
    underway.add(deadline);
    if (isClosed) deadline.abandon();
    try {
      const addresses = await deadline.within(permittedAddresses({ ...target, isSelfProving }, judge, resolve));
      const socket = await connect(target, { addresses, signal, ...(ca ? { ca } : {}) });
      deadline.connected();
      try {
        return await exchange(socket, target, outward, limits, signal);
      } finally {
        socket.destroy();
      }
    } catch (error) {
      // What broke because the time was over is not what went wrong.
      throw signal.aborted ? signal.reason : error;
    } finally {
      underway.delete(deadline);
      deadline.close();
    }
  }

  return {
    async request(url, outward = {}) {
      // Only the host is logged: paths and queries carry keys of webhooks.
      const line = { method: outward.method ?? 'GET', host: URL.parse(String(url))?.host ?? '' };
      try {
        const answer = await answerFrom(readTarget(url), outward);
        log?.debug({ outgoing: { ...line, status: answer.status, bytes: answer.body.length } }, 'outgoing request');
        return { kind: 'answered', answer };
      } catch (error) {
        if (!(error instanceof OutgoingError)) throw error;
        const { reason, detail } = error;
        log?.warn({ outgoing: { ...line, reason, detail } }, 'outgoing request failed');
        return { kind: 'failed', reason };
      }
    },
    close() {
      isClosed = true;
      for (const deadline of underway) deadline.abandon();
    },
  };
}
