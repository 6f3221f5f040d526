import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import { createAssets, pickTokens, serveAssets } from '../../src/web/assets.ts';
import { judgeAccent } from '../../src/web/brand.ts';

const brandOf = (accent: string): string => {
  const verdict = judgeAccent(accent);
  return verdict.ok ? verdict.css : '';
};

const assets = createAssets(brandOf('#1b3f8b'));
const bodyOf = (path: string): string => assets.find(path)?.body ?? '';
const styles = assets.stylesheets.map(bodyOf).join('');

describe('the addresses of assets', () => {
  it('change with the content and with nothing else', () => {
    const same = createAssets(brandOf('#1b3f8b'));
    const other = createAssets(brandOf('#7a1730'));
    expect(same.stylesheets).toEqual(assets.stylesheets);
    expect(other.stylesheets[0]).not.toBe(assets.stylesheets[0]);
    expect(other.stylesheets[1]).toBe(assets.stylesheets[1]);
  });
});

describe('the styles', () => {
  it('define every custom property that they use', () => {
    const used = new Set([...styles.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]));
    const defined = new Set([...styles.matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
    expect([...used].filter((name) => !defined.has(name))).toEqual([]);
  });

  it('fetch nothing from anywhere', () => {
    expect(styles).not.toMatch(/url\(|@import/);
  });

  it('leave, with the script, most of 60 KB to the page', () => {
    const sent = [...assets.stylesheets, ...assets.scripts, assets.icon].map((path) => Buffer.byteLength(bodyOf(path)));
    expect(sent.reduce((sum, size) => sum + size)).toBeLessThan(30_000);
  });
});

describe('design tokens', () => {
  const tokens = ':root { --a: 1; --b: var(--c); --c: 2; --unused: 3; }';

  it('are picked when used, through one another too', () => {
    expect(pickTokens(tokens, 'x { y: var(--b) var(--ours) }')).toBe(':root{--b:var(--c);--c:2}\n');
  });
});

describe('serving', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });

  async function open(): Promise<string> {
    const app = new Koa();
    app.use(serveAssets(assets));
    server = createServer(app.callback()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('answers an asset so that a browser keeps it for ever', async () => {
    const response = await fetch((await open()) + assets.stylesheets[0]);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await response.text()).toBe(bodyOf(assets.stylesheets[0] ?? ''));
  });

  it.each(['/assets/style.000000000000.css', '/assets/../package.json', '/assets/', '/assets/page.js'])(
    'leaves %s to others, uncached',
    async (path) => {
      const response = await fetch((await open()) + path);
      expect(response.status).toBe(404);
      expect(response.headers.get('cache-control')).toBeNull();
    },
  );

  it('leaves a post to others', async () => {
    const response = await fetch((await open()) + assets.stylesheets[0], { method: 'POST' });
    expect(response.status).toBe(404);
  });
});
