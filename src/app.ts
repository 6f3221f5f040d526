/** The composition root of a serving node: login, protocols and the web, put on the ground in explicit literals. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './base/log.ts';
import { isTurning } from './core/keys/plan-rotation.ts';
import { openPolicy } from './core/policy/policy.ts';
import type { Ground } from './ground.ts';
import { listJobs } from './jobs/list-jobs.ts';
import { startRunner } from './jobs/runner.ts';
import { systemTimer } from './jobs/timer.ts';
import { logLogins } from './login/log-login.ts';
import { loginMachine } from './login/login.ts';
import { postedRequestsOf } from './login/posted-request.ts';
import { requestAllowance } from './login/request-allowance.ts';
import type { Figures } from './metrics/figures.ts';
import { type Crew, type Metrics, openMetrics } from './metrics/open-metrics.ts';
import { jobsOf, paceOf } from './node-jobs.ts';
import { openOidc } from './protocols/oidc/oidc.ts';
import { subjectsOf } from './protocols/oidc/subjects.ts';
import { openSaml } from './protocols/saml/saml.ts';
import { certificateTls } from './web/certificate-listener.ts';
import { serve } from './web/serving.ts';
import { openWeb } from './web/web.ts';

export interface App {
  readonly server: Server;
  readonly address: AddressInfo;
  /** Serves with the key ring as it now stands in the store; done by itself every few seconds. */
  followRing(): Promise<void>;
  /** What this process has counted, for another behind the same port. */
  figures(): Promise<Figures>;
  /**
   * Says at /readyz that it ends, and goes on serving while balancers notice; jobs end meanwhile. One that is `replaced` says
   * nothing: its next serves at the same port, and only the connections are to go over.
   */
  drain(leaving?: Leaving): Promise<void>;
  /** Stops listening, lets requests in flight end, hands leases back, and closes the store. */
  close(): Promise<void>;
}

export type Leaving = 'ended' | 'replaced';

/** `crew`: who serves behind the same port, where anybody does. */
export async function openApp(ground: Ground, log: Log, crew?: Crew): Promise<App> {
  const { config, world } = ground;
  const metrics = metricsOf(ground, crew);
  ground.watchStore(metrics.store);
  const written = logLogins(log);
  const login = loginMachine({
    ...ground,
    observe(observation) {
      metrics.login(observation);
      written(observation);
    },
    lifetimes: config.session,
    assurance: config.assurance,
    enrolment: config.enrolment,
    policy: openPolicy(config.policy.rules),
    attemptLifetime: config.login.attemptLifetime,
    termsVersion: config.terms?.version,
    aliasOf: (accountId, place) => subjectsOf(ground.ring.current().keys).pairwise(accountId, place),
  });
  let isEnding = false;
  const web = openWeb({ ...ground, login, log, metrics, observe: metrics.request, isEnding: () => isEnding });
  const allowance = requestAllowance(world, ground.masterKey, config.login.longRequests);
  const posted = {
    oidc: postedRequestsOf({ ...ground, allowance }, 'oidc'),
    saml: postedRequestsOf({ ...ground, allowance }, 'saml'),
  };
  const oidc = await openOidc({ ...ground, login, log, allowance, posted: posted.oidc, pages: web.pages });
  const handler = web.handler({ oidc, saml: openSaml({ ...ground, login, posted: posted.saml }) });
  const asking = config.server.certificates?.listen;
  // The listener that asks for certificates first: what it cannot read or bind is told before anybody is served.
  const certified = asking && (await serve(handler, asking, certificateTls(asking, ground.certificates)));
  const serving = await serve(handler, config.server.listen).catch(async (error: unknown) => {
    await certified?.close(0);
    throw error;
  });
  const following = setInterval(() => {
    // A store that does not answer is told of by whoever needs it; the keys at hand go on serving.
    oidc.followRing().catch((error: unknown) => log.warn({ err: error }, 'the key ring could not be read'));
  }, followRingEvery).unref();
  const runner = startRunner(
    { world, log, timer: systemTimer, pace: paceOf(config), holder: world.ids.id() },
    jobsOf(ground),
  );
  let idle: Promise<void> | undefined;
  const leave = (leaving: Leaving): Promise<void> => {
    if (idle === undefined) isEnding = leaving === 'ended';
    serving.leave();
    certified?.leave();
    idle ??= runner.stop(jobGrace);
    return idle;
  };
  return {
    server: serving.server,
    address: serving.address,
    followRing: () => oidc.followRing(),
    figures: () => metrics.figures(),
    async drain(leaving = 'ended') {
      await Promise.all([leave(leaving), systemTimer.wait(config.server.drain, new AbortController().signal)]);
    },
    async close() {
      clearInterval(following);
      await Promise.all([leave('ended'), serving.close(requestGrace), certified?.close(requestGrace)]);
      await ground.close();
    },
  };
}

function metricsOf(ground: Ground, crew: Crew | undefined): Metrics {
  const { config, world, ring, turning } = ground;
  return openMetrics({
    world,
    keys: () => ring.current().keys,
    turnsAt: ({ use, since }) => (isTurning(use) ? since + turning.rules[use].period : undefined),
    jobs: () => listJobs(world, jobsOf(ground), paceOf(config)),
    ...(crew ? { crew } : {}),
  });
}

/** Milliseconds that a request under way has to be answered when the node ends. */
const requestGrace = 10_000;

/** Milliseconds that a job at hand has to finish when the node ends. */
const jobGrace = 5_000;

/** Milliseconds; far less than a key is published ahead. */
const followRingEvery = 10_000;
