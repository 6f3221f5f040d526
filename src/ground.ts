/**
 * What every command stands on: store, keys and core, opened from the configuration in explicit literals. Serving
 * logins on it is app.ts; a command that only reads or writes records needs no more than this.
 */
import { type Clock, systemClock } from './base/clock.ts';
import { days } from './base/duration.ts';
import { type Ids, systemIds } from './base/ids.ts';
import type { Log } from './base/log.ts';
import type { Config } from './config/schema.ts';
import { notMeLinks } from './core/access/not-me-link.ts';
import { roleGrants } from './core/access/role-grant.ts';
import { setupLinks } from './core/access/setup-link.ts';
import { unkeptCodes } from './core/access/unkept-codes.ts';
import type { Attributes } from './core/attributes/attributes.ts';
import { auditBatches } from './core/audit/batch.ts';
import { auditCheckpoints } from './core/audit/checkpoint.ts';
import { auditEvents } from './core/audit/event.ts';
import { auditHead } from './core/audit/head.ts';
import type { CertificateJudge } from './core/certificates/certificate-judge.ts';
import { revocationLists, revokedSerials } from './core/certificates/revocation-list.ts';
import { connections } from './core/connections/connection.ts';
import { consents } from './core/consents/consent.ts';
import { activations } from './core/credentials/activation/activation.ts';
import { activationKeys } from './core/credentials/activation/activation-key.ts';
import { refusedCertificates } from './core/credentials/certificates/refused-certificate.ts';
import { type CodeDigest, codeDigest } from './core/credentials/code-digest.ts';
import { credentials } from './core/credentials/credential.ts';
import type { PasskeyMakers } from './core/credentials/passkeys/passkey-makers.ts';
import type { PasswordHasher } from './core/credentials/password-hash.ts';
import { passwordHasher } from './core/credentials/password-hash.ts';
import { factorResets } from './core/credentials/reset-factors.ts';
import { sealedFactors } from './core/credentials/sealed-factors.ts';
import type { PasswordKeeping } from './core/credentials/set-password.ts';
import {
  type FactorThrottles,
  factorThrottles,
  type Throttle,
  throttle,
  throttleCounts,
} from './core/credentials/throttle.ts';
import { trustedBrowsers } from './core/credentials/trusted-browser.ts';
import { type LiveRing, liveRing } from './core/keys/live-ring.ts';
import { followUse, masterKeyUses } from './core/keys/master-key-use.ts';
import { loadMasterKey, type MasterKeys } from './core/keys/master-keys.ts';
import { rotationRules } from './core/keys/plan-rotation.ts';
import { pseudonymUnder } from './core/keys/pseudonym.ts';
import { keyRing, openRing } from './core/keys/ring.ts';
import { sealedKeys } from './core/keys/sealed-keys.ts';
import type { SealedPlace } from './core/keys/sealed-place.ts';
import type { TurnMeans } from './core/keys/turn-ring.ts';
import { leaseFences, leases } from './core/leases/lease.ts';
import type { DeliveryMeans } from './core/notices/delivery.ts';
import { notices } from './core/notices/notice.ts';
import { sealedNotices } from './core/notices/sealed-notices.ts';
import { byProtocol } from './core/notices/sender.ts';
import { accounts } from './core/people/account.ts';
import { people } from './core/people/person.ts';
import { logoutRounds } from './core/sessions/logout-round.ts';
import { type DerivedSessions, type Participant, sessions } from './core/sessions/session.ts';
import { tellParticipants } from './core/sessions/tell-participants.ts';
import type { World } from './core/world.ts';
import { attempts } from './login/attempt.ts';
import { configuredAttributes } from './login/configured-attributes.ts';
import { configuredMakers } from './login/configured-passkeys.ts';
import { postedRequests } from './login/posted-request.ts';
import { keptLengths } from './login/request-allowance.ts';
import { mailSender } from './mail/mail-sender.ts';
import { openTransport } from './mail/transport.ts';
import { outgoingOptions } from './outgoing/configured.ts';
import { type Outgoing, openOutgoing } from './outgoing/open-outgoing.ts';
import { oidcSessions } from './protocols/oidc/derived-session.ts';
import { frontChannelOf } from './protocols/oidc/front-channel.ts';
import { logoutMessage } from './protocols/oidc/logout-message.ts';
import { logoutSender } from './protocols/oidc/logout-sender.ts';
import { oidcRecords } from './protocols/oidc/record.ts';
import { usedCodes } from './protocols/oidc/used-code.ts';
import { answeredRequests } from './protocols/saml/answered-request.ts';
import { keptResponses } from './protocols/saml/artifacts/kept-response.ts';
import { samlLogoutMessage } from './protocols/saml/logout/logout-message.ts';
import { soapSender } from './protocols/saml/logout/soap-sender.ts';
import { canBrowserTell } from './protocols/saml/logout/tell-entered.ts';
import { serviceReturns } from './protocols/saml/returns.ts';
import { openStore } from './store/open.ts';
import type { AnyCollection } from './store/port.ts';
import { type StoreWatch, tellingAll } from './store/watch.ts';

export interface Ground {
  readonly config: Config;
  readonly world: World;
  readonly masterKey: MasterKeys;
  readonly ring: LiveRing;
  /** What services may be told of people. */
  readonly attributes: Attributes;
  /** For codes on paper. */
  readonly codeDigest: CodeDigest;
  /** What turning the ring needs. */
  readonly turning: TurnMeans;
  /** Everything in the store that is sealed under the master key. */
  readonly sealedPlaces: readonly SealedPlace[];
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly factorThrottles: FactorThrottles;
  /** Counts guesses at activation keys. */
  readonly keyThrottle: Throttle;
  readonly derivedSessions: readonly DerivedSessions[];
  /** What setPassword and useSetupLink need. */
  readonly passwordKeeping: PasswordKeeping;
  /** The one way to ask another server for anything. */
  readonly outgoing: Outgoing;
  /** What the outbox needs to send what is owed. */
  readonly delivery: DeliveryMeans;
  /** The same for what is owed to services whose sessions have ended. */
  readonly logoutDelivery: DeliveryMeans;
  /** Absent where client certificates are not configured. */
  readonly certificates?: CertificateJudge;
  /** Absent where no makers of passkeys are named. */
  readonly passkeyMakers?: PasskeyMakers;
  /** From now on `watch` is told of the store too. */
  watchStore(watch: StoreWatch): void;
  close(): Promise<void>;
}

/** The edges that tests replace; everything else is real. */
export interface Edges {
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Milliseconds in which nothing is done. */
  readonly pause?: (length: number) => Promise<void>;
}

/** What a store of ours holds. */
export const everyCollection: readonly AnyCollection[] = [
  accounts,
  activationKeys,
  activations,
  answeredRequests,
  attempts,
  auditBatches,
  auditCheckpoints,
  auditEvents,
  auditHead,
  connections,
  consents,
  credentials,
  factorResets,
  keptLengths,
  keptResponses,
  keyRing,
  leaseFences,
  leases,
  logoutRounds,
  masterKeyUses,
  notices,
  notMeLinks,
  oidcRecords,
  people,
  postedRequests,
  refusedCertificates,
  revocationLists,
  revokedSerials,
  roleGrants,
  serviceReturns,
  sessions,
  setupLinks,
  throttleCounts,
  trustedBrowsers,
  unkeptCodes,
  usedCodes,
];

/**
 * `log` takes what goes out of the house (which host was asked, and what came of it) and what befalls the store; `watch`
 * is told of the store from the moment on at which it is opened.
 */
export async function openGround(config: Config, edges: Edges = {}, log?: Log, watch?: StoreWatch): Promise<Ground> {
  const clock = edges.clock ?? systemClock;
  const ids = edges.ids ?? systemIds;
  const watches = [...(log ? [storeEventsIn(log)] : []), ...(watch ? [watch] : [])];
  const store = await openStore({ ...config.store, collections: everyCollection, clock, watch: tellingAll(watches) });
  try {
    const world: World = { store, clock, ids };
    const masterKey = loadMasterKey(config.keys.directory, ids);
    await followUse(world, masterKey);
    const turning = turnMeans(config, masterKey);
    const ring = liveRing(world, masterKey, await openRing(world, turning));
    const hasher = passwordHasher(config.password.argon2);
    const messages = { oidc: logoutMessage(world, ring), saml: samlLogoutMessage(world) };
    const browserWays = {
      oidc: async (participant: Participant) =>
        (await frontChannelOf(world, config.server.issuer, participant)) !== undefined,
      saml: (participant: Participant) => canBrowserTell(world, participant),
    };
    const derivedSessions = [oidcSessions(world), tellParticipants(world, masterKey, messages, browserWays)];
    // Opens no connection before the first mail.
    const transport = config.mail && openTransport(config.mail, new URL(config.server.issuer).hostname);
    const certificates = await certificatesOf(config, world);
    const passkeyMakers = await makersOf(config, world);
    const outgoing = openOutgoing({ ...outgoingOptions(config), ...(log ? { log } : {}) });
    return {
      config,
      world,
      masterKey,
      ring,
      attributes: configuredAttributes(config, () => pseudonymUnder(ring.current().keys)),
      codeDigest: codeDigest(ring),
      turning,
      sealedPlaces: [sealedKeys, sealedNotices, sealedFactors],
      hasher,
      throttle: throttle(world, masterKey, config.login.throttle),
      factorThrottles: factorThrottles(world, masterKey, config.login.throttle),
      keyThrottle: throttle(world, masterKey, config.login.throttle, 'activation-key'),
      derivedSessions,
      passwordKeeping: { hasher, preset: config.password.preset, derivedSessions, masterKey },
      outgoing,
      delivery: {
        masterKey,
        giveUpAfter: config.mail?.giveUpAfter ?? days(4),
        senders: transport && config.mail ? { mail: mailSender(config, config.mail, transport) } : {},
      },
      logoutDelivery: {
        masterKey,
        giveUpAfter: config.session.logoutMessages.giveUpAfter,
        senders: {
          logout: byProtocol({
            oidc: logoutSender({ world, issuer: config.server.issuer, ring, outgoing }),
            saml: soapSender({ world, ring, outgoing }),
          }),
        },
      },
      ...(certificates ? { certificates } : {}),
      ...(passkeyMakers ? { passkeyMakers } : {}),
      watchStore: (more) => void watches.push(more),
      close: async () => {
        transport?.close();
        outgoing.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Loaded only here: a start without certificates does not wait for the library that reads them. */
async function certificatesOf({ certificates }: Config, world: World): Promise<CertificateJudge | undefined> {
  if (!certificates) return undefined;
  const { certificateJudge } = await import('./core/certificates/certificate-judge.ts');
  const { authorities, intermediates, revocation } = certificates;
  const lists = revocation.lists.map(({ url, file }) => url ?? file ?? '');
  return certificateJudge(world, { authorities, intermediates, lists, whenStale: revocation.whenStale });
}

/** The same holds for makers of passkeys. */
async function makersOf(config: Config, world: World): Promise<PasskeyMakers | undefined> {
  const sources = configuredMakers(config);
  if (!sources) return undefined;
  const { openPasskeyMakers } = await import('./core/credentials/passkeys/passkey-makers.ts');
  return openPasskeyMakers(world, sources);
}

const turnMeans = ({ keys, server }: Config, masterKey: MasterKeys): TurnMeans => ({
  masterKey,
  certificates: { ...keys.certificates, host: new URL(server.issuer).hostname },
  rules: rotationRules(keys.rotation, keys.certificates),
});

/** Once when it begins and once when it is over: requests that meet it leave a line with their incident, and no more. */
const storeEventsIn = (log: Log): StoreWatch => ({
  upgraded: (upgrade) => log.info(upgrade, 'the store was brought up to date; it lies as it was in backup'),
  building: (collections) => log.info({ collections }, 'indexes are being built'),
  writesFail: (err) => log.error({ err }, 'the store takes no writes'),
  writesRecovered: (refused) => log.warn({ refused }, 'the store takes writes again'),
});
