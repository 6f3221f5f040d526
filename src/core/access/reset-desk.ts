/**
 * Authority over resets of factors, as an object: one clerk asks, and to the same clerk there is nothing to confirm with.
 * Two people are two names and two accounts of the machine. Whoever can act as both can also write into the store; the rule
 * is against haste and against being talked into it, and the audit trail names both.
 */
import type { Stored } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import {
  askForReset,
  type FactorReset,
  openReset,
  type ResetKeeping,
  type ResetOutcome,
  resetFactors,
} from '../credentials/reset-factors.ts';
import type { Account } from '../people/account.ts';
import type { World } from '../world.ts';

export interface Clerk {
  /** As they are called by colleagues. */
  readonly name: string;
  readonly actor: Actor;
}

export type Confirmation =
  | { readonly kind: 'none' }
  /** By this very clerk. */
  | { readonly kind: 'own'; readonly request: FactorReset }
  | { readonly kind: 'open'; readonly request: FactorReset; confirm(): Promise<ResetOutcome> };

export interface ResetDesk {
  ask(account: Account, reason: string): Promise<FactorReset>;
  /** What there is to confirm, and the way to do it: for exactly the request that is answered here. */
  confirmation(account: Account): Promise<Confirmation>;
}

export function resetDesk(world: World, keeping: ResetKeeping, clerk: Clerk): ResetDesk {
  const { actor, name } = clerk;
  return {
    ask: (account, reason) =>
      askForReset(world, actor, account, { reason, askedBy: name, askedAs: machineName(actor) }),

    async confirmation({ id }) {
      const request = await openReset(world, id);
      if (!request) return { kind: 'none' };
      if (isSameClerk(request, clerk)) return { kind: 'own', request };
      return { kind: 'open', request, confirm: () => resetFactors(world, keeping, actor, request, name) };
    },
  };
}

const machineName = ({ kind, id }: Actor): string => `${kind} ${id ?? ''}`;

const isSameClerk = ({ askedBy, askedAs }: Stored<FactorReset>, { name, actor }: Clerk): boolean =>
  askedAs === machineName(actor) || canonical(askedBy) === canonical(name);

/** 「山田 花子」and「山田花子」are one name; so are Yamada and ＹＡＭＡＤＡ. */
const canonical = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
