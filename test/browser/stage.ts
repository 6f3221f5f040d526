/**
 * Sekisho with the people and the services of the demonstration, each on a host of its own: what a browser test walks
 * through. Unlike `npm run demo` it hashes cheaply and hands out the store.
 */
import { demoConnections } from '../../src/demo/connections.ts';
import { enterDemo } from '../../src/demo/enter.ts';
import { demoPeople } from '../../src/demo/people.ts';
import { startKulasis } from '../../src/demo/services/kulasis/start-kulasis.ts';
import { startMykuline } from '../../src/demo/services/mykuline/start-mykuline.ts';
import { freePort, type SekishoWishes, startSekisho, type TestSekisho } from '../support/sekisho.ts';

/** Login names of the demonstration's people, by what they show. */
export const student = 'a0123456';
export const staff = 'yoshidataro12a';
export const manyRoles = 'a0234567';
export const suspended = 'a0345678';
export const expired = 'a0456789';
export const neverActivated = 'a0567890';

export interface Stage {
  readonly sekisho: TestSekisho;
  readonly issuer: string;
  readonly kulasis: string;
  readonly mykuline: string;
  /** Everything that the services reported as trouble. */
  readonly reports: readonly string[];
  close(): Promise<void>;
}

export interface StageWishes extends SekishoWishes {
  /** What browsers call a service, and where it listens; http on its own port unless said. */
  readonly place?: (service: 'kulasis' | 'mykuline') => Promise<{ readonly origin: string; readonly port: number }>;
}

const ownPort: NonNullable<StageWishes['place']> = async (service) => {
  const port = await freePort();
  return { origin: `http://${service}.localhost:${port}`, port };
};

export async function openStage({ place = ownPort, ...wishes }: StageWishes = {}): Promise<Stage> {
  const sekisho = await startSekisho(wishes);
  const { world, passwordKeeping, config } = sekisho.ground;
  const kulasis = { ...(await place('kulasis')), secret: world.ids.token() };
  const mykuline = { ...(await place('mykuline')), secret: world.ids.token() };
  const now = world.clock.now();
  await enterDemo(world, passwordKeeping, {
    people: demoPeople(now),
    connections: demoConnections({ kulasis, mykuline }, now),
    termsVersion: config.terms?.version,
  });
  const reports: string[] = [];
  const optionsOf = (clientId: string, { origin, port, secret }: typeof kulasis) => ({
    issuer: sekisho.issuer,
    clientId,
    clientSecret: secret,
    listen: { host: '127.0.0.1', port },
    origin,
    report: (line: string) => void reports.push(line),
  });
  const services = [
    await startKulasis(optionsOf('kulasis', kulasis)),
    await startMykuline(optionsOf('mykuline', mykuline)),
  ];
  return {
    sekisho,
    issuer: sekisho.issuer,
    kulasis: kulasis.origin,
    mykuline: mykuline.origin,
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
