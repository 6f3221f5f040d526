/**
 * A whole Sekisho for a test: real store file, real keys, real HTTP on loopback, with people and connections made to
 * order. Passwords are hashed cheaply; everything else is as in production.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, openApp } from '../../src/app.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { digestOf } from '../../src/base/digest.ts';
import { openLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';
import { type Approved, connections, type OidcConnection } from '../../src/core/connections/connection.ts';
import type { OidcSettings } from '../../src/core/connections/oidc-settings.ts';
import { setPassword } from '../../src/core/credentials/set-password.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { type PersonEntry, planRegister } from '../../src/core/people/register.ts';
import { type Ground, openGround } from '../../src/ground.ts';
import { insert, replace, type Stored } from '../../src/store/port.ts';
import { freePort } from './free-port.ts';

export { freePort };

export const operator = { kind: 'operator', id: 'test' } as const;

export interface TestSekisho {
  readonly issuer: string;
  readonly ground: Ground;
  readonly app: App;
  /** Everything that was logged, at level debug. */
  readonly log: string[];
  addAccount(wishes?: AccountWishes): Promise<Stored<Account>>;
  addConnection(wishes: ConnectionWishes): Promise<OidcConnection>;
  close(): Promise<void>;
}

export interface AccountWishes {
  readonly entry?: Partial<PersonEntry>;
  readonly loginName?: string;
  readonly kind?: string;
  /** `goodPassword` unless said; null leaves the account issued, without one. */
  readonly password?: string | null;
  readonly hasAcceptedTerms?: boolean;
  /** Written over the account as registered. */
  readonly account?: Partial<Account>;
}

export interface ConnectionWishes extends Partial<Approved> {
  readonly id: string;
  readonly secret?: string;
  readonly oidc?: Partial<OidcSettings>;
}

export interface SekishoWishes {
  readonly clock?: Clock;
  /** `SEKISHO__…` variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The public address, where something stands in front; http://localhost:<free port> unless said. */
  readonly issuer?: string;
  /** Store and keys of a run before; kept when it closes. A fresh folder that goes with it unless said. */
  readonly directory?: string;
  readonly port?: number;
}

/** Accepted by every preset. */
export const goodPassword = 'Kamo7gawaTobi';

const kyoto = fileURLToPath(new URL('../../config/kyoto.yaml', import.meta.url));

/** The worked example with a store and keys of its own, and hashes that cost nothing. */
export function testConfig(directory: string, environment: Readonly<Record<string, string>> = {}): Config {
  const loaded = loadConfig({
    file: kyoto,
    environment: {
      SEKISHO__MODE: 'development',
      SEKISHO__STORE__URL: `sqlite:${join(directory, 'sekisho.db')}`,
      SEKISHO__KEYS__DIRECTORY: join(directory, 'keys'),
      SEKISHO__LOG__LEVEL: 'debug',
      SEKISHO__SERVER__DRAIN: '0s',
      SEKISHO__KEYS__CERTIFICATES__BITS: '2048',
      SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '64',
      SEKISHO__PASSWORD__ARGON2__ITERATIONS: '1',
      ...environment,
    },
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

export async function startSekisho(wishes: SekishoWishes = {}): Promise<TestSekisho> {
  const directory = wishes.directory ?? mkdtempSync(join(tmpdir(), 'sekisho-test-'));
  const port = wishes.port ?? (await freePort());
  const issuer = wishes.issuer ?? `http://localhost:${port}`;
  const config = testConfig(directory, {
    SEKISHO__SERVER__ISSUER: issuer,
    SEKISHO__SERVER__LISTEN__PORT: String(port),
    ...wishes.environment,
  });
  const log: string[] = [];
  const lines = openLog(config.log.level, { write: (line: string) => void log.push(line) });
  const ground = await openGround(config, wishes.clock ? { clock: wishes.clock } : {}, lines);
  const app = await openApp(ground, lines);
  return {
    issuer,
    ground,
    app,
    log,
    addAccount: (account = {}) => addAccount(ground, account),
    addConnection: (connection) => addConnection(ground, connection),
    async close() {
      app.server.closeAllConnections();
      await app.close();
      if (wishes.directory === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function addAccount(ground: Ground, wishes: AccountWishes): Promise<Stored<Account>> {
  const { world, passwordKeeping, config } = ground;
  const { loginName = 'a0123456', kind = 'ecs', password = goodPassword, hasAcceptedTerms = true } = wishes;
  const plan = await planRegister(world, operator, {
    nameJa: { family: '京都', given: '花子' },
    nameEn: { family: 'Kyoto', given: 'Hanako' },
    affiliations: [{ unit: 'f-engineering', role: 'student', from: 0 }],
    accounts: [{ kind, loginName, universityMail: `${loginName}@st.kyoto-u.ac.jp` }],
    ...wishes.entry,
  });
  if (plan.kind === 'conflict') throw new Error('two people share a number or a login name');
  await world.store.commit(plan.writes);
  const id = plan.accounts[0]?.id ?? '';
  const read = async (): Promise<Stored<Account>> => {
    const account = await world.store.get(accounts, id);
    if (!account) throw new Error('the account was not stored');
    return account;
  };
  if (password !== null) {
    const change = { account: await read(), person: plan.person, password, by: 'operator' as const };
    const outcome = await setPassword(world, passwordKeeping, operator, change);
    if (outcome.kind === 'refused') throw new Error(outcome.problems.join());
  }
  const version = config.terms?.version;
  const terms = hasAcceptedTerms && version !== undefined ? { acceptedTerms: { version, at: systemClock.now() } } : {};
  await world.store.commit([replace(accounts, { ...(await read()), ...terms, ...wishes.account })]);
  return read();
}

async function addConnection({ world }: Ground, wishes: ConnectionWishes): Promise<OidcConnection> {
  const { secret, oidc, ...rest } = wishes;
  const now = world.clock.now();
  const connection: OidcConnection = {
    stage: 'test',
    state: 'active',
    name: { ja: rest.id, en: rest.id },
    homeUrl: `https://${rest.id}.example/`,
    desk: { name: { ja: '窓口', en: 'Front desk' } },
    audience: {},
    release: [
      { attribute: 'displayName', required: true },
      { attribute: 'mail', required: false },
      { attribute: 'affiliation', required: true },
    ],
    consent: 'none',
    isListed: true,
    createdAt: now,
    changedAt: now,
    ...rest,
    oidc: {
      application: 'web',
      authentication: secret === undefined ? 'none' : 'client_secret_basic',
      secrets: secret === undefined ? [] : [{ digest: digestOf(secret), createdAt: now }],
      redirectUris: [`https://${rest.id}.example/callback`],
      postLogoutRedirectUris: [`https://${rest.id}.example/logged-out`],
      mayRefresh: true,
      mayIntrospect: false,
      pkce: 'required',
      requiresPushedRequest: false,
      subject: 'public',
      idTokenAlgorithm: 'RS256',
      ...oidc,
    },
  };
  await world.store.commit([insert(connections, connection)]);
  return connection;
}
