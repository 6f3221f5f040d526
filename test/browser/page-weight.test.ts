import { expect, it } from '@jest/globals';
import { describeVisits } from './describe-visits.ts';
import { openLogin } from './visit.ts';

describeVisits('the weight of the first page', (scene) => {
  it('is under 60 KB with all that the login page asks for', async () => {
    const { page, stage } = scene();
    await page.goto(stage.kulasis);
    const sizes: Promise<{ readonly url: string; readonly bytes: number }>[] = [];
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url());
      if (origin !== stage.issuer) return;
      const size = response.request().sizes();
      sizes.push(
        size.then(({ responseBodySize, responseHeadersSize }) => ({
          url: pathname,
          bytes: responseBodySize + responseHeadersSize,
        })),
      );
    });
    await page.getByTestId('login').click();
    await page.waitForLoadState('networkidle');
    const weights = await Promise.all(sizes);
    expect(weights.map(({ url }) => url)).toEqual(expect.arrayContaining([expect.stringMatching(/\.css$/)]));
    expect(weights.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(60_000);
  });

  it('carries style and script only once', async () => {
    const { page, stage } = scene();
    const transferred = () =>
      page.evaluate<number[]>("performance.getEntriesByType('resource').map(({ transferSize }) => transferSize)");
    await openLogin(page, stage.kulasis);
    expect((await transferred()).filter(Boolean).length).toBeGreaterThanOrEqual(3);
    await page.goto(`${stage.issuer}/help`);
    expect((await transferred()).filter(Boolean)).toEqual([]);
  });
});
