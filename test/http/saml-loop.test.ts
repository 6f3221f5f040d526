/** A service that does not take its answer asks again at once: that ends on a page, not in a browser that goes round. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type RequestWishes, requestedContext } from '../protocols/saml/sample-request.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { ask, detailOn, enter, statusIn } from './saml-party.ts';
import { samlScene } from './saml-scene.ts';

const scene = samlScene();
beforeEach(async () => {
  await scene.sekisho.addAccount();
  await scene.connect();
  await scene.connect({ id: 'other' });
});

const url = (id = 'kumoi', wishes: RequestWishes = {}): string =>
  scene.url({ issuer: `https://${id}.example/metadata`, ...wishes });

async function goRound(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    scene.clock.advance(1_000);
    expect(statusIn(await scene.go())).toEqual(['Success']);
  }
}

describe('a service that keeps coming back', () => {
  it('is answered ten times within half a minute, then the person is told', async () => {
    await goRound(10);
    const page = await ask(scene.sekisho, url(), scene.browser);
    expect(page?.status).toBe(429);
    expect(detailOn(page)).toContain('looping');
    expect(page?.html).toContain('サービスとの行き来が繰り返されています');
    expect(page?.html).toContain('kumoi の窓口');
    expect(page?.html).toContain('href="https://kumoi.example/"');
  });

  it('keeps nobody from another service, nor anybody else from this one', async () => {
    await goRound(10);
    expect(statusIn(await enter(scene.sekisho, url('other'), scene.browser))).toEqual(['Success']);
    expect(statusIn(await enter(scene.sekisho, url(), new CookieBrowser()))).toEqual(['Success']);
  });

  it('is answered again after half a minute', async () => {
    await goRound(10);
    scene.clock.advance(21_000);
    await goRound(1);
  });

  it('is answered for as long as somebody comes back every few seconds', async () => {
    for (let time = 0; time < 15; time += 1) {
      scene.clock.advance(5_000);
      expect(statusIn(await scene.go())).toEqual(['Success']);
    }
  });
});

describe('a service that is told a status, and asks again', () => {
  const unmet = { after: requestedContext(['urn:unknown']) };
  const passive = { attributes: { IsPassive: 'true' } };

  async function told(times: number, wishes: RequestWishes, by = scene.browser): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      scene.clock.advance(1_000);
      expect(statusIn(await enter(scene.sekisho, url('kumoi', wishes), by))[0]).toBe('Responder');
    }
  }

  it.each([
    ['that the level cannot be had', unmet, 'context_unmet'],
    ['that nobody is signed in', passive, 'passive_impossible'],
  ])('is told so ten times within half a minute: %s', async (_what, wishes, reason) => {
    await told(10, wishes);
    const page = await ask(scene.sekisho, url('kumoi', wishes), scene.browser);
    expect(page?.status).toBe(429);
    expect(detailOn(page)).toContain('looping');
    expect(detailOn(page)).toContain(reason);
    expect(page?.html).toContain('kumoi の窓口');
    scene.clock.advance(30_000);
    await told(1, wishes);
  });

  it('keeps nobody from another service, nor from signing in to this one, nor another browser', async () => {
    await told(10, passive);
    const other = await enter(scene.sekisho, url('other', passive), scene.browser);
    expect(statusIn(other)).toEqual(['Responder', 'NoPassive']);
    await told(1, passive, new CookieBrowser());
    expect(statusIn(await scene.go())).toEqual(['Success']);
  });
});
