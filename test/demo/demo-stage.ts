/** Both services, a provider that does not answer yet, and a browser: a fresh set for each test. */
import { startKulasis } from '../../src/demo/services/kulasis/start-kulasis.ts';
import { startMykuline } from '../../src/demo/services/mykuline/start-mykuline.ts';
import type { RunningService } from '../../src/demo/services/start-site.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { type PlainProvider, startPlainProvider } from './plain-provider.ts';

export const student = {
  name: '京大 花子',
  student_number: '1029-36-0001',
  eduperson_affiliation: ['member', 'student'],
  organizational_unit: ['文学部'],
};

export const kulasisCredentials = { clientId: 'kulasis', clientSecret: 'k'.repeat(43) };
const mykulineCredentials = { clientId: 'mykuline', clientSecret: 'm'.repeat(43) };

export interface DemoStage {
  readonly provider: PlainProvider;
  readonly kulasis: RunningService;
  readonly mykuline: RunningService;
  readonly browser: CookieBrowser;
  /** What the services reported. */
  readonly lines: string[];
  /** Opens the provider for both services. */
  openProvider(): void;
  /** Opens the provider and signs in to KULASIS. */
  login(): Promise<Page>;
  isSignedIn(): Promise<boolean>;
  close(): Promise<void>;
}

export async function setDemoStage(): Promise<DemoStage> {
  const provider = await startPlainProvider();
  provider.claims = student;
  const lines: string[] = [];
  const report = (line: string): void => void lines.push(line);
  const options = { issuer: provider.issuer, listen: { host: '127.0.0.1', port: 0 }, report };
  const kulasis = await startKulasis({ ...options, ...kulasisCredentials });
  const mykuline = await startMykuline({ ...options, ...mykulineCredentials });
  const browser = new CookieBrowser();
  const openProvider = (): void =>
    provider.open([
      { ...kulasisCredentials, origin: kulasis.origin },
      { ...mykulineCredentials, origin: mykuline.origin },
    ]);
  return {
    provider,
    kulasis,
    mykuline,
    browser,
    lines,
    openProvider,
    login: () => {
      openProvider();
      return browser.visit(`${kulasis.origin}/login`);
    },
    isSignedIn: async () => (await browser.visit(kulasis.origin)).html.includes('data-testid="logout"'),
    close: async () => void (await Promise.all([kulasis.close(), mykuline.close(), provider.close()])),
  };
}
