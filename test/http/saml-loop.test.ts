/** A service that does not take its answer asks again at once: that ends on a page, not in a browser that goes round. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addSamlConnection, ask, detailOn, enter, handWritten, statusIn } from './saml-party.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let browser: CookieBrowser;
let requests: number;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  browser = new CookieBrowser();
  requests = 0;
  await sekisho.addAccount();
  await addSamlConnection(sekisho);
  await addSamlConnection(sekisho, { id: 'other' });
});
afterEach(() => sekisho.close());

const url = (id = 'kumoi') => {
  requests += 1;
  return handWritten(sekisho, { at: clock.now(), id: `_r${requests}`, issuer: `https://${id}.example/metadata` });
};

async function goRound(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    clock.advance(1_000);
    expect(statusIn(await enter(sekisho, url(), browser))).toEqual(['Success']);
  }
}

describe('a service that keeps coming back', () => {
  it('is answered ten times within half a minute, then the person is told', async () => {
    await goRound(10);
    const page = await ask(sekisho, url(), browser);
    expect(page?.status).toBe(429);
    expect(detailOn(page)).toContain('looping');
    expect(page?.html).toContain('サービスとの行き来が繰り返されています');
    expect(page?.html).toContain('kumoi の窓口');
    expect(page?.html).toContain('href="https://kumoi.example/"');
  });

  it('keeps nobody from another service, nor anybody else from this one', async () => {
    await goRound(10);
    expect(statusIn(await enter(sekisho, url('other'), browser))).toEqual(['Success']);
    expect(statusIn(await enter(sekisho, url(), new CookieBrowser()))).toEqual(['Success']);
  });

  it('is answered again after half a minute', async () => {
    await goRound(10);
    clock.advance(21_000);
    await goRound(1);
  });

  it('is answered for as long as somebody comes back every few seconds', async () => {
    for (let time = 0; time < 15; time += 1) {
      clock.advance(5_000);
      expect(statusIn(await enter(sekisho, url(), browser))).toEqual(['Success']);
    }
  });
});
