/** The composition root of a serving node: login, protocols and the web, put on the ground in explicit literals. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './base/log.ts';
import type { Ground } from './ground.ts';
import { startRunner } from './jobs/runner.ts';
import { systemTimer } from './jobs/timer.ts';
import { loginMachine } from './login/login.ts';
import { jobsOf } from './node-jobs.ts';
import { openOidc } from './protocols/oidc/oidc.ts';
import { subjectsOf } from './protocols/oidc/subjects.ts';
import { openWeb } from './web/web.ts';

export interface App {
  readonly server: Server;
  readonly address: AddressInfo;
  /** Serves with the key ring as it now stands in the store; done by itself every few seconds. */
  followRing(): Promise<void>;
  /** Stops listening, lets requests in flight end, and closes the store. */
  close(): Promise<void>;
}

export async function openApp(ground: Ground, log: Log): Promise<App> {
  const { config, world } = ground;
  const login = loginMachine({
    ...ground,
    lifetimes: config.session,
    attemptLifetime: config.login.attemptLifetime,
    termsVersion: config.terms?.version,
    aliasOf: (accountId, place) => subjectsOf(ground.ring.current().keys).pairwise(accountId, place),
  });
  const web = openWeb({ ...ground, login, log });
  const oidc = await openOidc({ ...ground, login, log, pages: web.pages });
  const server = createServer(web.handler([oidc]));
  await listen(server, config.server.listen);
  const following = setInterval(() => {
    // A store that does not answer is told of by whoever needs it; the keys at hand go on serving.
    oidc.followRing().catch((error: unknown) => log.warn({ err: error }, 'the key ring could not be read'));
  }, followRingEvery).unref();
  const runner = startRunner(
    { world, log, timer: systemTimer, pace: config.jobs, holder: world.ids.id() },
    jobsOf(ground),
  );
  return {
    server,
    address: server.address() as AddressInfo,
    followRing: () => oidc.followRing(),
    async close() {
      clearInterval(following);
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await Promise.all([closed, runner.stop(jobGrace)]);
      await ground.close();
    },
  };
}

/** Milliseconds that a job at hand has to finish when the node ends. */
const jobGrace = 5_000;

/** Milliseconds; far less than a key is published ahead. */
const followRingEvery = 10_000;

const listen = (server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
