/**
 * One browser signed in to two services that want to be told when that ends, and the turns in which they are told, by
 * hand: the clock stands still, and the jobs of the node have no turn of their own.
 */
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { openLog } from '../../src/base/log.ts';
import type { OidcSettings } from '../../src/core/connections/oidc-settings.ts';
import { type RunOutcome, runJob } from '../../src/jobs/run-job.ts';
import { systemTimer } from '../../src/jobs/timer.ts';
import { jobsOf, paceOf } from '../../src/node-jobs.ts';
import type { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type LogoutListener, openLogoutListener } from '../support/logout-listener.ts';
import type { Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enter, openService } from './enter.ts';

export interface ListeningParty extends LogoutListener {
  readonly party: Party;
  /** What its ID token said of the login. */
  readonly idToken: { readonly raw: string; readonly claims: JWTPayload };
  /** The claims of what it heard, each verified by the published keys. */
  claims(): Promise<readonly JWTPayload[]>;
}

export interface ListeningParties {
  readonly sekisho: TestSekisho;
  readonly clock: FakeClock;
  readonly browser: CookieBrowser;
  /** Pairwise subjects, ES256. */
  readonly library: ListeningParty;
  /** Public subjects, RS256. */
  readonly other: ListeningParty;
  /** A turn of a job, with its lease and fence. */
  turn(job: 'logout-messages' | 'session-expiry'): Promise<RunOutcome['kind']>;
  close(): Promise<void>;
}

const never = 'every 900d';

export async function openListeningParties(): Promise<ListeningParties> {
  const clock = new FakeClock();
  const sekisho = await startSekisho({
    clock,
    environment: {
      SEKISHO__JOBS__SCHEDULES__LOGOUTMESSAGES: never,
      SEKISHO__JOBS__SCHEDULES__SESSIONEXPIRY: never,
    },
  });
  await sekisho.addAccount();
  const library = await openTold(sekisho, clock, 'library', { subject: 'pairwise', idTokenAlgorithm: 'ES256' });
  const other = await openTold(sekisho, clock, 'other', {});
  const { browser } = library;
  await other.enter(browser);
  const { ground } = sekisho;
  const place = {
    world: ground.world,
    log: openLog('silent'),
    timer: systemTimer,
    pace: paceOf(ground.config),
    holder: 'the test',
  };
  return {
    sekisho,
    clock,
    browser,
    library: library.service,
    other: other.service,
    async turn(name) {
      const job = jobsOf(ground).find((one) => one.name === name);
      if (!job) throw new Error(`no job ${name}`);
      // The node's own first turn, at its start, may not be over.
      for (;;) {
        const { kind } = await runJob(place, job, new AbortController().signal);
        if (kind !== 'held') return kind;
      }
    },
    async close() {
      await Promise.all([library.service.goDown(), other.service.goDown()]);
      await sekisho.close();
    },
  };
}

async function openTold(sekisho: TestSekisho, clock: FakeClock, id: string, oidc: Partial<OidcSettings>) {
  const listener = await openLogoutListener();
  const party = await openService(sekisho, { id, oidc: { ...oidc, backchannelLogoutUri: listener.url } });
  const enterHere = async (browser?: CookieBrowser) => {
    const { tokens, browser: used } = await enter(sekisho, party, {}, browser);
    Object.assign(idToken, { raw: tokens.id_token ?? '', claims: decodeJwt(tokens.id_token ?? '') });
    return used;
  };
  const idToken = { raw: '', claims: {} };
  const service: ListeningParty = Object.assign(listener, {
    party,
    idToken,
    claims: () => {
      const keys = createRemoteJWKSet(new URL('/oidc/jwks', sekisho.issuer));
      const rules = { issuer: sekisho.issuer, audience: id, typ: 'logout+jwt', currentDate: new Date(clock.now()) };
      return Promise.all(listener.heard.map(async ({ token }) => (await jwtVerify(token, keys, rules)).payload));
    },
  });
  const browser = id === 'library' ? await enterHere() : undefined;
  return { service, enter: enterHere, browser: browser as CookieBrowser };
}
