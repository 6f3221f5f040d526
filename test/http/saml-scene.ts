/** What every test of a login by SAML begins with: a Sekisho, a clock that stands still, one browser, and requests one after the other. */
import { afterEach, beforeEach } from '@jest/globals';
import type { SamlConnection } from '../../src/core/connections/connection.ts';
import type { RequestWishes } from '../protocols/saml/sample-request.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type SekishoWishes, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addSamlConnection, type Entered, enter, handWritten, type SamlWishes } from './saml-party.ts';

export interface SamlScene {
  readonly sekisho: TestSekisho;
  readonly clock: FakeClock;
  readonly browser: CookieBrowser;
  /** From now on somebody else, or the same person elsewhere. */
  changeBrowser(): void;
  /** The same once more, configured in another way. */
  restart(environment: NonNullable<SekishoWishes['environment']>): Promise<void>;
  connect(wishes?: SamlWishes): Promise<SamlConnection>;
  /** `_r1`, `_r2` and so on: each request has an id of its own. */
  nextId(): string;
  /** The address of the next request, made now. */
  url(wishes?: RequestWishes): string;
  /** With the next request to the response, everything that is asked given rightly. */
  go(wishes?: RequestWishes): Promise<Entered>;
}

/** To be called once in a file; what it holds is valid inside its tests. */
export function samlScene(): SamlScene {
  let sekisho: TestSekisho | undefined;
  let clock = new FakeClock();
  let browser = new CookieBrowser();
  let requests = 0;

  beforeEach(async () => {
    clock = new FakeClock();
    browser = new CookieBrowser();
    requests = 0;
    sekisho = await startSekisho({ clock });
  });
  afterEach(() => sekisho?.close());

  const scene: SamlScene = {
    get sekisho() {
      if (sekisho === undefined) throw new TypeError('no test is running');
      return sekisho;
    },
    get clock() {
      return clock;
    },
    get browser() {
      return browser;
    },
    changeBrowser() {
      browser = new CookieBrowser();
    },
    async restart(environment) {
      await sekisho?.close();
      sekisho = await startSekisho({ clock, environment });
    },
    connect: (wishes) => addSamlConnection(scene.sekisho, wishes),
    nextId() {
      requests += 1;
      return `_r${requests}`;
    },
    url: (wishes) => handWritten(scene.sekisho, { at: clock.now(), id: scene.nextId(), ...wishes }),
    go: (wishes) => enter(scene.sekisho, scene.url(wishes), browser),
  };
  return scene;
}
