/**
 * What every command stands on: store, keys and core, opened from the configuration in explicit literals. Serving
 * logins on it is app.ts; a command that only reads or writes records needs no more than this.
 */
import { type Clock, systemClock } from './base/clock.ts';
import { days } from './base/duration.ts';
import { type Ids, systemIds } from './base/ids.ts';
import type { Config } from './config/schema.ts';
import { roleGrants } from './core/access/role-grant.ts';
import { setupLinks } from './core/access/setup-link.ts';
import { auditBatches } from './core/audit/batch.ts';
import { auditCheckpoints } from './core/audit/checkpoint.ts';
import { auditEvents } from './core/audit/event.ts';
import { auditHead } from './core/audit/head.ts';
import { connections } from './core/connections/connection.ts';
import { consents } from './core/consents/consent.ts';
import { credentials } from './core/credentials/credential.ts';
import type { PasswordHasher } from './core/credentials/password-hash.ts';
import { passwordHasher } from './core/credentials/password-hash.ts';
import type { PasswordKeeping } from './core/credentials/set-password.ts';
import { type Throttle, throttle, throttleCounts } from './core/credentials/throttle.ts';
import { type LiveRing, liveRing } from './core/keys/live-ring.ts';
import { loadMasterKey, type MasterKey } from './core/keys/master-key.ts';
import { keyRing, openRing } from './core/keys/ring.ts';
import { leaseFences, leases } from './core/leases/lease.ts';
import type { DeliveryMeans } from './core/notices/delivery.ts';
import { notices } from './core/notices/notice.ts';
import { accounts } from './core/people/account.ts';
import { people } from './core/people/person.ts';
import { type DerivedSessions, sessions } from './core/sessions/session.ts';
import type { World } from './core/world.ts';
import { attempts } from './login/attempt.ts';
import { mailSender } from './mail/mail-sender.ts';
import { openTransport } from './mail/transport.ts';
import { oidcSessions } from './protocols/oidc/derived-session.ts';
import { postedRequests } from './protocols/oidc/posted-request.ts';
import { oidcRecords } from './protocols/oidc/record.ts';
import { openStore } from './store/open.ts';

export interface Ground {
  readonly config: Config;
  readonly world: World;
  readonly masterKey: MasterKey;
  readonly ring: LiveRing;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly derivedSessions: readonly DerivedSessions[];
  /** What setPassword and useSetupLink need. */
  readonly passwordKeeping: PasswordKeeping;
  /** What the outbox needs to send what is owed. */
  readonly delivery: DeliveryMeans;
  close(): Promise<void>;
}

/** The edges that tests replace; everything else is real. */
export interface Edges {
  readonly clock?: Clock;
  readonly ids?: Ids;
}

const collections = [
  accounts,
  attempts,
  auditBatches,
  auditCheckpoints,
  auditEvents,
  auditHead,
  connections,
  consents,
  credentials,
  keyRing,
  leaseFences,
  leases,
  notices,
  oidcRecords,
  people,
  postedRequests,
  roleGrants,
  sessions,
  setupLinks,
  throttleCounts,
];

export async function openGround(config: Config, edges: Edges = {}): Promise<Ground> {
  const clock = edges.clock ?? systemClock;
  const ids = edges.ids ?? systemIds;
  const store = await openStore({ url: config.store.url, collections, clock });
  try {
    const world: World = { store, clock, ids };
    const masterKey = await loadMasterKey(config.keys.directory, ids);
    const hasher = passwordHasher(config.password.argon2);
    const derivedSessions = [oidcSessions(world)];
    // Opens no connection before the first mail.
    const transport = config.mail && openTransport(config.mail, new URL(config.server.issuer).hostname);
    return {
      config,
      world,
      masterKey,
      ring: liveRing(world, masterKey, await openRing(world, masterKey)),
      hasher,
      throttle: throttle(world, masterKey, config.login.throttle),
      derivedSessions,
      passwordKeeping: { hasher, preset: config.password.preset, derivedSessions, masterKey },
      delivery: {
        masterKey,
        giveUpAfter: config.mail?.giveUpAfter ?? days(4),
        senders: transport && config.mail ? { mail: mailSender(config, config.mail, transport) } : {},
      },
      close: async () => {
        transport?.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
