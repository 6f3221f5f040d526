/**
 * Sekisho with the people and the services of the demonstration, each on a host of its own: what a browser test walks
 * through. Unlike `npm run demo` it hashes cheaply and hands out the store.
 */
import { type DemoServices, demoConnections } from '../../src/demo/connections.ts';
import { enterDemo } from '../../src/demo/enter.ts';
import { demoPeople } from '../../src/demo/people.ts';
import { startKulasis } from '../../src/demo/services/kulasis/start-kulasis.ts';
import { type KumoiOptions, startKumoi } from '../../src/demo/services/kumoi/start-kumoi.ts';
import { startMykuline } from '../../src/demo/services/mykuline/start-mykuline.ts';
import { newOwnKey } from '../../src/demo/services/saml/own-key.ts';
import { authenticatorApp } from '../support/authenticator-app.ts';
import { freePort, type SekishoWishes, startSekisho, type TestSekisho } from '../support/sekisho.ts';

/** Login names of the demonstration's people, by what they show. */
export const student = 'a0123456';
export const staff = 'yoshidataro12a';
export const manyRoles = 'a0234567';
export const suspended = 'a0345678';
export const expired = 'a0456789';
export const newcomer = 'a0678901';
export const tooLate = 'a0789012';
export const neverActivated = 'a0567890';

export interface Stage {
  readonly sekisho: TestSekisho;
  readonly issuer: string;
  readonly kulasis: string;
  readonly kumoi: string;
  readonly mykuline: string;
  /** Codes of a person's authenticator app, in a strict stage. */
  codeOf(loginName: string): string;
  /** Of the account that was never activated. */
  readonly activationKey: string;
  /** Everything that the services reported as trouble. */
  readonly reports: readonly string[];
  close(): Promise<void>;
}

export interface StageWishes extends SekishoWishes {
  /** What KUMOI finds beside the mails that it invents. */
  readonly mailsTo?: KumoiOptions['mailsTo'];
  /**
   * As the demonstration is: KULASIS and KUMOI require a second factor, and people have apps. Without it nobody has any and none is
   * asked for, so that a test of something else ends at the password.
   */
  readonly isStrict?: boolean;
  /** What browsers call a service, and where it listens; http on its own port unless said. */
  readonly place?: (service: keyof DemoServices) => Promise<{ readonly origin: string; readonly port: number }>;
}

/** One for all stages: it takes long to make, and nothing is remembered of it. */
const kumoiKey = newOwnKey('kumoi.localhost');

const ownPort: NonNullable<StageWishes['place']> = async (service) => {
  const port = await freePort();
  return { origin: `http://${service}.localhost:${port}`, port };
};

export async function openStage({
  place = ownPort,
  isStrict = false,
  mailsTo = () => [],
  ...wishes
}: StageWishes = {}): Promise<Stage> {
  const sekisho = await startSekisho(wishes);
  const { world, passwordKeeping, codeDigest, masterKey, config } = sekisho.ground;
  const kulasis = { ...(await place('kulasis')), secret: world.ids.token() };
  const mykuline = { ...(await place('mykuline')), secret: world.ids.token() };
  const key = await kumoiKey;
  const kumoi = { ...(await place('kumoi')), certificate: key.certificate };
  const now = world.clock.now();
  const { activationKeys, appKeys } = await enterDemo(world, passwordKeeping, {
    people: demoPeople(now).map((person) => (isStrict ? person : { ...person, hasApp: false })),
    connections: demoConnections({ kulasis, kumoi, mykuline }, now).map(({ requiredLevel, ...connection }) =>
      isStrict && requiredLevel ? { ...connection, requiredLevel } : connection,
    ),
    termsVersion: config.terms?.version,
    codeDigest,
    masterKey,
  });
  const reports: string[] = [];
  const placeOf = ({ origin, port }: { readonly origin: string; readonly port: number }) => ({
    listen: { host: '127.0.0.1', port },
    origin,
    report: (line: string) => void reports.push(line),
  });
  const { issuer } = sekisho;
  const optionsOf = (clientId: string, service: typeof kulasis) => ({
    ...placeOf(service),
    issuer,
    clientId,
    clientSecret: service.secret,
  });
  const services = [
    await startKulasis(optionsOf('kulasis', kulasis)),
    await startMykuline(optionsOf('mykuline', mykuline)),
    await startKumoi({ ...placeOf(kumoi), metadataUrl: `${issuer}/saml/metadata`, key, mailsTo }),
  ];
  return {
    sekisho,
    issuer,
    kulasis: kulasis.origin,
    kumoi: kumoi.origin,
    mykuline: mykuline.origin,
    codeOf: (loginName) => authenticatorApp(appKeys.get(loginName) ?? '').codeAt(world.clock.now()),
    activationKey: activationKeys.get(neverActivated) ?? '',
    reports,
    async close() {
      await Promise.all(services.map((service) => service.close()));
      await sekisho.close();
    },
  };
}

const passwords = new Map(
  demoPeople(0).flatMap(({ entry, password = '' }) =>
    entry.accounts.map(({ loginName }) => [loginName, password] as const),
  ),
);

export const passwordOf = (loginName: string): string => passwords.get(loginName) ?? '';
