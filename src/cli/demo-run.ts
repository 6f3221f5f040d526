/**
 * `npm run demo`: Sekisho and its demo services in one process, on loopback, with a fresh embedded store each time.
 * What it prints is all that a newcomer needs: where to click, and with what.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApp } from '../app.ts';
import { systemClock } from '../base/clock.ts';
import { systemIds } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { loadConfig } from '../config/load.ts';
import { demoConnections } from '../demo/connections.ts';
import { enterDemo } from '../demo/enter.ts';
import { startMailbox } from '../demo/mailbox/start-mailbox.ts';
import { type DemoPerson, demoPeople } from '../demo/people.ts';
import { startKulasis } from '../demo/services/kulasis/start-kulasis.ts';
import { startKumoi } from '../demo/services/kumoi/start-kumoi.ts';
import { startMykuline } from '../demo/services/mykuline/start-mykuline.ts';
import { newOwnKey } from '../demo/services/saml/own-key.ts';
import { universityMail } from '../demo/university-mail.ts';
import { openGround } from '../ground.ts';

export interface DemoOptions {
  readonly log: Log;
  /** Sekisho's port; the others follow (KUMOI +1, KULASIS +2, MyKULINE +3, its mailbox +4). 3000 unless said. */
  readonly firstPort?: number;
}

export interface RunningDemo {
  readonly issuer: string;
  readonly services: readonly { readonly name: string; readonly url: string; readonly shows: string }[];
  readonly accounts: readonly DemoAccount[];
  close(): Promise<void>;
}

export interface DemoAccount {
  readonly loginName: string;
  readonly kind: string;
  /** Null for an account that was never activated. */
  readonly password: string | null;
  /** Null where there is nothing to activate. */
  readonly activationKey: string | null;
  /** In base32, for an authenticator app; null without one. */
  readonly totpSecret: string | null;
  readonly shows: DemoPerson['shows'];
}

const host = '127.0.0.1';
/** Of the worked example: its people are in Kyoto, wherever this machine stands. */
const timeZone = 'Asia/Tokyo';

export async function runDemo({ log, firstPort = 3000 }: DemoOptions): Promise<RunningDemo> {
  const directory = await mkdtemp(join(tmpdir(), 'sekisho-demo-'));
  const issuer = `http://localhost:${firstPort}`;
  const origins = {
    kumoi: `http://kumoi.localhost:${firstPort + 1}`,
    kulasis: `http://kulasis.localhost:${firstPort + 2}`,
    mykuline: `http://mykuline.localhost:${firstPort + 3}`,
  };
  const [mailbox, kumoiKey] = await Promise.all([
    startMailbox({ host, port: firstPort + 4, clock: systemClock, timeZone }),
    newOwnKey('kumoi.localhost'),
  ]);
  const loaded = loadConfig({
    file: fileURLToPath(new URL('../../config/kyoto.yaml', import.meta.url)),
    environment: {
      SEKISHO__MODE: 'development',
      SEKISHO__DEMO: 'true',
      SEKISHO__SERVER__ISSUER: issuer,
      SEKISHO__SERVER__LISTEN__HOST: host,
      SEKISHO__SERVER__LISTEN__PORT: String(firstPort),
      SEKISHO__STORE__URL: `sqlite:${join(directory, 'sekisho.db')}`,
      SEKISHO__KEYS__DIRECTORY: join(directory, 'keys'),
      SEKISHO__MAIL__HOST: mailbox.smtp.host,
      SEKISHO__MAIL__PORT: String(mailbox.smtp.port),
      SEKISHO__MAIL__SECURITY: 'none',
      SEKISHO__MAIL__FROM: 'no-reply@sekisho.example',
    },
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const { config } = loaded;
  const ground = await openGround(config, {}, log);
  const { world, passwordKeeping } = ground;
  const now = world.clock.now();
  const secrets = { kulasis: systemIds.token(), mykuline: systemIds.token() };
  const people = demoPeople(now);
  const { activationKeys, appKeys } = await enterDemo(world, passwordKeeping, {
    people,
    connections: demoConnections(
      {
        kulasis: { origin: origins.kulasis, secret: secrets.kulasis },
        kumoi: { origin: origins.kumoi, certificate: kumoiKey.certificate },
        mykuline: { origin: origins.mykuline, secret: secrets.mykuline },
      },
      now,
    ),
    termsVersion: config.terms?.version,
    codeDigest: ground.codeDigest,
    masterKey: ground.masterKey,
  });
  const app = await openApp(ground, log);
  const party = (id: 'kulasis' | 'mykuline', port: number) => ({
    issuer,
    clientId: id,
    clientSecret: secrets[id],
    listen: { host, port },
    origin: origins[id],
  });
  const services = await Promise.all([
    startKumoi({
      metadataUrl: `${issuer}/saml/metadata`,
      key: kumoiKey,
      listen: { host, port: firstPort + 1 },
      origin: origins.kumoi,
      mailsTo: universityMail(mailbox),
    }),
    startKulasis(party('kulasis', firstPort + 2)),
    startMykuline(party('mykuline', firstPort + 3)),
  ]);
  return {
    issuer,
    services: [
      { name: 'KUMOI', url: origins.kumoi, shows: 'SAML 2.0' },
      { name: 'KULASIS', url: origins.kulasis, shows: 'OpenID Connect' },
      { name: 'MyKULINE', url: origins.mykuline, shows: 'OpenID Connect' },
      { name: 'Mailbox', url: mailbox.url, shows: 'the mails that Sekisho sent' },
    ],
    accounts: people.flatMap(({ entry, password, shows }) =>
      entry.accounts.map(({ loginName, kind }) => ({
        loginName,
        kind: config.accounts.kinds[kind]?.short ?? kind,
        password: password ?? null,
        activationKey: activationKeys.get(loginName) ?? null,
        totpSecret: appKeys.get(loginName) ?? null,
        shows,
      })),
    ),
    async close() {
      await Promise.all(services.map((service) => service.close()));
      await app.close();
      await mailbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
