/** The stores that are measured: a crowd of a size, and the service of the bench. Made once, kept under var/bench. */
import { constants, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '../../src/base/digest.ts';
import type { Environment } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';
import { type Connection, connections, type SamlConnection } from '../../src/core/connections/connection.ts';
import { enterCrowd } from '../../src/demo/crowd/enter-crowd.ts';
import { type Campus, crowdPerson } from '../../src/demo/crowd/people.ts';
import { openGround } from '../../src/ground.ts';
import { insert } from '../../src/store/port.ts';
import type { Credentials } from './password-login.ts';

export interface Size {
  readonly accounts: number;
  readonly connections: number;
}

export interface University {
  /** Its files; goes with `close`. */
  readonly directory: string;
  readonly credentials: Credentials;
  close(): void;
}

export const clientId = 'bench';
export const clientSecret = 's'.repeat(43);
export const redirectUri = 'https://bench.example/callback';
export const entityId = 'https://saml.bench.example/metadata';
export const consumerUrl = 'https://saml.bench.example/acs';

const password = 'Kamo7gawaTobi';
const seed = 'sekisho';
export const kyoto = fileURLToPath(new URL('../../config/kyoto.yaml', import.meta.url));

/** As in production but for the loopback address; the network of the browsers is one that a proxy told of. */
export const settings = (directory: string, port: number): Environment => ({
  SEKISHO_CONFIG: kyoto,
  SEKISHO__MODE: 'development',
  SEKISHO__SERVER__ISSUER: `http://localhost:${port}`,
  SEKISHO__SERVER__LISTEN__PORT: String(port),
  SEKISHO__SERVER__PROXY__TRUSTED: '[127.0.0.0/8]',
  SEKISHO__SERVER__DRAIN: '0s',
  SEKISHO__STORE__URL: `sqlite:${join(directory, 'sekisho.db')}`,
  SEKISHO__KEYS__DIRECTORY: join(directory, 'keys'),
  SEKISHO__LOG__LEVEL: 'silent',
  // The signature that a response is held against is one of RSA-2048.
  SEKISHO__KEYS__CERTIFICATES__BITS: '2048',
  // Twenty people come thousands of times within seconds.
  SEKISHO__SAML__RETURNS__MOST: '100000',
});

export function benchConfig(directory: string): Config {
  const loaded = loadConfig({ file: kyoto, environment: settings(directory, 3000) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

/** A copy of its own, so that every run begins with the same store. */
export async function openUniversity(size: Size, say: (line: string) => void): Promise<University> {
  const kept = join('var', 'bench', `${size.accounts}-${size.connections}-rsa2048`);
  if (!existsSync(kept)) {
    say(`making ${size.accounts} accounts and ${size.connections} connections (once; kept in ${kept})`);
    await make(kept, size);
  }
  // Brings it to the layout of today, which is not what is measured.
  await (await openGround(benchConfig(kept))).close();
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-bench-'));
  copyFileSync(join(kept, 'sekisho.db'), join(directory, 'sekisho.db'), constants.COPYFILE_FICLONE);
  cpSync(join(kept, 'keys'), join(directory, 'keys'), { recursive: true });
  const campus = campusOf(benchConfig(directory));
  return {
    directory,
    credentials: {
      password,
      // Far apart, so that neighbours in the store are no help.
      loginName: (index) => crowdPerson(campus, seed, (index * 104_729) % size.accounts, 0).account.loginName,
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function make(kept: string, size: Size): Promise<void> {
  const half = `${kept}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const config = benchConfig(half);
  const ground = await openGround(config);
  const [first, ...others] = Object.entries(config.units).map(([id, { name }]) => ({ id, name }));
  if (!first) throw new Error('config/kyoto.yaml names no units');
  const hash = await ground.hasher.hash(password);
  const { world } = ground;
  const crowd = { ...size, seed, campus: campusOf(config), units: [first, ...others] as const, hash };
  const wishes = { ...crowd, preset: config.password.preset };
  await enterCrowd(world, { kind: 'operator', id: 'bench' }, wishes, () => undefined);
  const now = world.clock.now();
  await world.store.commit([oidcConnection(now), samlConnection(now)].map((one) => insert(connections, one)));
  await ground.close();
  renameSync(half, kept);
}

const campusOf = ({ units, university, terms }: Config): Campus => ({
  units: Object.keys(units) as [string, ...string[]],
  kinds: { study: 'ecs', work: 'sps' },
  mailDomain: university.scope,
  termsVersion: terms?.version,
});

const approved = (now: number) =>
  ({
    stage: 'test',
    state: 'active',
    name: { ja: '計測', en: 'Bench' },
    homeUrl: 'https://bench.example/',
    desk: { name: { ja: '窓口', en: 'Front desk' } },
    audience: {},
    release: [
      { attribute: 'displayName', required: true },
      { attribute: 'affiliation', required: true },
    ],
    consent: 'none',
    isListed: true,
    createdAt: now,
    changedAt: now,
  }) as const;

const samlConnection = (now: number): SamlConnection => ({
  ...approved(now),
  id: 'bench-saml',
  entityId,
  saml: {
    entityId,
    consumers: [{ url: consumerUrl, binding: 'post', index: 0, isDefault: true }],
    logout: [],
    signingCertificates: [],
    encryptionCertificates: [],
    requests: 'any',
    signs: 'assertion',
    signatureAlgorithm: 'rsa-sha256',
    encrypts: 'when-possible',
    cipher: 'aes256-gcm',
    nameIds: ['transient'],
    subjectIdentifier: 'none',
    mayBeUnsolicited: false,
  },
});

const oidcConnection = (now: number): Connection => ({
  ...approved(now),
  id: clientId,
  oidc: {
    application: 'web',
    authentication: 'client_secret_basic',
    secrets: [{ digest: digestOf(clientSecret), createdAt: now }],
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [],
    mayRefresh: false,
    mayIntrospect: false,
    pkce: 'required',
    requiresPushedRequest: false,
    subject: 'public',
    idTokenAlgorithm: 'RS256',
  },
});
