/**
 * What happened, who did it, on whose account. A closed union: an event that is not listed here cannot be written.
 * Events are inserted with the change they tell of, in one commit. They carry identifiers, never a secret.
 */
import type { Instant } from '../../base/clock.ts';
import { type Collection, insert, type Write } from '../../store/port.ts';
import type { SecondFactorKind } from '../credentials/factor-use.ts';
import type { DeviceWords } from '../sessions/device-words.ts';
import type { World } from '../world.ts';

export interface Actor {
  readonly kind: 'person' | 'operator' | 'system';
  /** Account id of a person; for an operator the name that the operating system gives. */
  readonly id?: string;
  readonly address?: string;
  /** What the browser of a person says that it is; absent where it says nothing known, and in events of old. */
  readonly device?: DeviceWords;
  /** The login in which it was done, as the log calls it. */
  readonly login?: string;
}

/** `abandoned`: it was made, and given up before anything was sealed under it. */
export type MasterKeyState = 'made' | 'in force' | 'retired' | 'abandoned';

export type AuditFacts =
  | { readonly type: 'person.registered'; readonly personId: string }
  | { readonly type: 'person.updated'; readonly personId: string }
  | { readonly type: 'account.issued'; readonly accountId: string }
  | { readonly type: 'account.suspended'; readonly accountId: string; readonly reason: string }
  /** By whoever held the link of a warning; `warning` is the type of that mail. */
  | { readonly type: 'account.locked'; readonly accountId: string; readonly cause: 'not_me'; readonly warning: string }
  /** `isPasswordGone`: the one from before its owner stopped the account was taken away. */
  | { readonly type: 'account.unlocked'; readonly accountId: string; readonly isPasswordGone?: boolean }
  | { readonly type: 'password.set'; readonly accountId: string; readonly by: 'self' | 'operator' | 'setup' | 'key' }
  | {
      readonly type: 'activation.key_issued';
      readonly accountId: string;
      readonly handed: string;
      readonly expiresAt: Instant;
    }
  | { readonly type: 'activation.key_replaced'; readonly accountId: string }
  | { readonly type: 'activation.key_used'; readonly accountId: string; readonly handed: string }
  | {
      readonly type: 'activation.key_refused';
      readonly accountId?: string;
      /** `wrong`: what was typed is no key of this account; all others say that it was. */
      readonly reason: 'wrong' | 'used' | 'expired' | 'account_suspended' | 'account_ended';
    }
  | { readonly type: 'role.granted'; readonly accountId: string; readonly role: string }
  | { readonly type: 'setup.link_issued' }
  | { readonly type: 'key.moved'; readonly keyId: string; readonly state: string }
  | { readonly type: 'master_key.moved'; readonly masterKeyId: string; readonly state: MasterKeyState }
  | {
      readonly type: 'login.granted';
      readonly accountId: string;
      readonly connectionId?: string;
      readonly factors: readonly string[];
      readonly levels: readonly string[];
      /** It stood in for what the connection or the policy requires, without making a level true. */
      readonly trustedBrowserId?: string;
      /** Of the policy, that held for this login. */
      readonly rules?: readonly string[];
    }
  | {
      readonly type: 'login.denied';
      readonly accountId?: string;
      readonly connectionId?: string;
      readonly reason: string;
      /** Of the policy, that were not met and are the reason. */
      readonly rules?: readonly string[];
    }
  | {
      readonly type: 'login.failed';
      readonly accountId?: string;
      readonly connectionId?: string;
      /** Absent for the password. */
      readonly factor?: SecondFactorKind;
    }
  | { readonly type: 'factor.added'; readonly accountId: string; readonly kind: SecondFactorKind }
  | { readonly type: 'factor.removed'; readonly accountId: string; readonly kind: SecondFactorKind }
  /** One that was removed proves the account again; an operator's act. */
  | { readonly type: 'certificate.restored'; readonly accountId: string; readonly serial: string }
  /** A passkey whose count of signatures ran backwards: there may be a second one with the same key. */
  | { readonly type: 'factor.counter_reversed'; readonly accountId: string; readonly credentialId: string }
  | { readonly type: 'recovery_codes.made'; readonly accountId: string; readonly hasReplaced: boolean }
  /** `seenBy`: who looked at the person; the actor is who typed it. */
  | {
      readonly type: 'temporary_pass.given';
      readonly accountId: string;
      readonly seenBy: string;
      readonly expiresAt: Instant;
    }
  | { readonly type: 'temporary_pass.withdrawn'; readonly accountId: string }
  | {
      readonly type: 'factors.reset_asked';
      readonly accountId: string;
      readonly askedBy: string;
      readonly reason: string;
    }
  | {
      readonly type: 'factors.reset';
      readonly accountId: string;
      readonly kinds: readonly SecondFactorKind[];
      readonly askedBy: string;
      readonly confirmedBy: string;
    }
  | { readonly type: 'terms.accepted'; readonly accountId: string; readonly version: string }
  | {
      readonly type: 'release.allowed';
      readonly accountId: string;
      readonly connectionId: string;
      readonly attributes: readonly string[];
    }
  | { readonly type: 'release.denied'; readonly accountId: string; readonly connectionId: string }
  | {
      readonly type: 'service.entered';
      readonly accountId: string;
      readonly connectionId: string;
      /** The name of a level that was not reached: a trusted browser stood in for it, and the connection has it told so. */
      readonly toldAs?: string;
    }
  | { readonly type: 'session.ended'; readonly accountId: string; readonly cause: string }
  /** Services that were entered in it and do not hear of its end: there is no way to tell them, or none without a browser. */
  | { readonly type: 'session.untold'; readonly accountId: string; readonly services: readonly string[] }
  /** What a service said in the browser, asked to log the person out there. */
  | {
      readonly type: 'logout.answered';
      readonly accountId: string;
      readonly connectionId: string;
      readonly isDone: boolean;
    }
  /** By the digest of its token. */
  | { readonly type: 'trusted_browser.added'; readonly accountId: string; readonly browserId: string }
  | {
      readonly type: 'trusted_browser.ended';
      readonly accountId: string;
      readonly browserId: string;
      readonly cause: string;
    }
  | { readonly type: 'notice.sent'; readonly noticeId: string; readonly accountId?: string }
  | { readonly type: 'notice.dead'; readonly noticeId: string; readonly accountId?: string }
  | {
      readonly type: 'notice.dropped';
      readonly noticeId: string;
      readonly accountId?: string;
      /** `lapsed`: the secret that it carried was good no more. */
      readonly cause: 'lapsed' | 'operator';
      /** The operator's. */
      readonly reason?: string;
    }
  | { readonly type: 'notice.retried'; readonly noticeId: string; readonly accountId?: string }
  /** `digest`: SHA-256 of the copy, in hexadecimal digits. */
  | { readonly type: 'store.backed_up'; readonly digest: string }
  | { readonly type: 'store.restored'; readonly digest: string }
  /** The store moved to another place, and this is that place. `digest`: of all records that came, in hexadecimal digits. */
  | { readonly type: 'store.copied'; readonly from: string; readonly to: string; readonly digest: string }
  | { readonly type: 'store.forgotten' }
  | { readonly type: 'connection.imported'; readonly connectionId: string }
  | { readonly type: 'demo.entered'; readonly what: 'accounts' | 'connections'; readonly count: number }
  | { readonly type: 'connection.secret_rotated'; readonly connectionId: string }
  | { readonly type: 'connection.suspended'; readonly connectionId: string; readonly reason: string }
  | { readonly type: 'connection.resumed'; readonly connectionId: string };

export interface AuditEvent {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly facts: AuditFacts;
  /** Copies out of `facts`: an index reaches top-level fields only. The seal covers them, so they cannot drift apart. */
  readonly type: AuditFacts['type'];
  readonly accountId?: string;
  readonly connectionId?: string;
  /**
   * Random and gone with the event. The digest that outlives it in its batch would otherwise tell whoever guesses the
   * content (an address has four billion values) that the guess is right.
   */
  readonly salt: string;
  /** The batch that sealed it; `unsealed` until then. Not part of what is sealed. */
  readonly batch: number;
}

export const unsealed = 0;

export const auditEvents: Collection<AuditEvent> = {
  name: 'audit',
  indexes: [
    { name: 'byTime', fields: ['at'] },
    { name: 'byBatch', fields: ['batch', 'at'] },
    { name: 'byType', fields: ['type', 'at'] },
    { name: 'byAccount', fields: ['accountId', 'at'] },
    { name: 'byConnection', fields: ['connectionId', 'at'] },
  ],
};

/** An event as it is stored before it is sealed. */
export function unsealedEvent(
  { ids }: Pick<World, 'ids'>,
  told: Pick<AuditEvent, 'id' | 'at' | 'actor' | 'facts'>,
): AuditEvent {
  const { id, at, actor, facts } = told;
  const { accountId, connectionId } = facts as { accountId?: string; connectionId?: string };
  return {
    id,
    at,
    actor,
    facts,
    type: facts.type,
    ...(accountId === undefined ? {} : { accountId }),
    ...(connectionId === undefined ? {} : { connectionId }),
    salt: ids.id(),
    batch: unsealed,
  };
}

/** The write that tells of a change; commit it together with the change. */
export const auditWrite = (world: World, actor: Actor, facts: AuditFacts): Write =>
  insert(auditEvents, unsealedEvent(world, { id: world.ids.id(), at: world.clock.now(), actor, facts }));
