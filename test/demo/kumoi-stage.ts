/** KUMOI, a provider that does not answer yet, and a browser: a fresh set for each test. */
import type { Mail } from '../../src/demo/services/kumoi/mail.ts';
import { startKumoi } from '../../src/demo/services/kumoi/start-kumoi.ts';
import { newOwnKey } from '../../src/demo/services/saml/own-key.ts';
import { mailName } from '../../src/demo/services/saml/read-assertion.ts';
import type { RunningService } from '../../src/demo/services/start-site.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import {
  messageIn,
  type PlainSamlProvider,
  type ResponseWishes,
  responseOf,
  startPlainSamlProvider,
} from './plain-saml-provider.ts';

export const address = 'kyoto.hanako.12a@st.kyoto-u.ac.jp';

export interface Asked {
  readonly url: URL;
  readonly requestId: string;
  readonly state: string;
}

export interface KumoiStage {
  readonly provider: PlainSamlProvider;
  readonly kumoi: RunningService;
  readonly browser: CookieBrowser;
  /** What KUMOI reported. */
  readonly lines: string[];
  /** What lies in the mailbox beside what is invented. */
  readonly mails: Mail[];
  /** Sends the browser to the provider. */
  ask(path?: string, browser?: CookieBrowser): Promise<Asked>;
  /** What the provider would send, with what a test changes in it. */
  wishesFor(asked: Asked): ResponseWishes;
  /** The browser brings the answer. */
  answer(asked: Asked, message: string, browser?: CookieBrowser): Promise<Page>;
  login(path?: string, wishes?: Partial<ResponseWishes>): Promise<Page>;
  isSignedIn(browser?: CookieBrowser): Promise<boolean>;
  close(): Promise<void>;
}

const key = newOwnKey('kumoi.localhost');

export async function setKumoiStage(): Promise<KumoiStage> {
  const provider = await startPlainSamlProvider();
  const lines: string[] = [];
  const mails: Mail[] = [];
  const kumoi = await startKumoi({
    metadataUrl: provider.metadataUrl,
    key: await key,
    listen: { host: '127.0.0.1', port: 0 },
    report: (line) => void lines.push(line),
    mailsTo: (asked) => (asked === address ? mails : []),
  });
  const own = new CookieBrowser();
  const stage: KumoiStage = {
    provider,
    kumoi,
    browser: own,
    lines,
    mails,
    async ask(path = '/', browser = own) {
      const response = await browser.send(`${kumoi.origin}/login?to=${encodeURIComponent(path)}`);
      const url = new URL(response.headers.get('location') ?? '');
      const requestId = / ID="([^"]+)"/.exec(messageIn(url))?.[1] ?? '';
      return { url, requestId, state: url.searchParams.get('RelayState') ?? '' };
    },
    wishesFor: ({ requestId }) => ({
      provider,
      service: kumoi.origin,
      requestId,
      attributes: { [mailName]: [address] },
    }),
    answer: ({ state }, message, browser = own) =>
      browser.visit(`${kumoi.origin}/saml/acs`, {
        method: 'POST',
        body: new URLSearchParams({ SAMLResponse: message, RelayState: state }),
      }),
    async login(path, wishes = {}) {
      provider.open();
      const asked = await stage.ask(path);
      return stage.answer(asked, responseOf({ ...stage.wishesFor(asked), ...wishes }));
    },
    isSignedIn: async (browser = own) => (await browser.visit(kumoi.origin)).html.includes('data-testid="logout"'),
    close: async () => void (await Promise.all([kumoi.close(), provider.close()])),
  };
  return stage;
}
