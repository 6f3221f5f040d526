/**
 * The few static files of the pages. Each address carries a hash of its content, so a browser may keep it for ever and
 * a new release is a new address. Only the design tokens that the style sheet uses are sent.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';

export interface Asset {
  /** `/assets/style.1a2b3c4d5e6f.css` */
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

export interface Assets {
  readonly stylesheets: readonly string[];
  readonly scripts: readonly string[];
  readonly newPasswordScript: string;
  readonly passkeyScript: string;
  readonly logoutScript: string;
  readonly icon: string;
  find(path: string): Asset | undefined;
}

const contentTypes = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** In cascade order. */
const styleSheets = [
  'base.css',
  'frame.css',
  'card.css',
  'forms.css',
  'pieces.css',
  'new-password.css',
  'second-factor.css',
  'codes.css',
  'passkey.css',
  'portal.css',
  'account.css',
  'logout.css',
  'widths.css',
];

/** `brandCss` comes from brand.ts, in which the accent has been judged. */
export function createAssets(brandCss: string): Assets {
  const style = withoutComments(styleSheets.map(readOwn).join(''));
  const tokens = pickTokens(readTokens(), style);
  const sheet = asset('style', 'css', tokens + style);
  const brand = asset('brand', 'css', brandCss);
  const script = asset('page', 'js', readOwn('page.js'));
  const newPassword = asset('new-password', 'js', readOwn('new-password.js'));
  const passkey = asset('passkey', 'js', readWebAuthn() + readOwn('passkey.js'));
  const logout = asset('logout', 'js', readOwn('logout.js'));
  const icon = asset('icon', 'svg', readOwn('icon.svg').replace('currentColor', fillOf(brandCss)));
  const byPath = new Map([sheet, brand, script, newPassword, passkey, logout, icon].map((each) => [each.path, each]));
  return {
    stylesheets: [brand.path, sheet.path],
    scripts: [script.path],
    newPasswordScript: newPassword.path,
    passkeyScript: passkey.path,
    logoutScript: logout.path,
    icon: icon.path,
    find: (path) => byPath.get(path),
  };
}

/** Answers what is an asset and leaves everything else to `next`. Errors after it never carry its caching. */
export const serveAssets =
  (assets: Assets): Middleware =>
  async (ctx, next) => {
    const found = ctx.method === 'GET' || ctx.method === 'HEAD' ? assets.find(ctx.path) : undefined;
    if (!found) return next();
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
    ctx.set('Content-Type', found.contentType);
    ctx.body = found.body;
  };

function asset(name: string, extension: keyof typeof contentTypes, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${name}.${hash}.${extension}`, contentType: contentTypes[extension], body };
}

const readOwn = (file: string): string => readFileSync(new URL(`assets/${file}`, import.meta.url), 'utf8');

const readTokens = (): string =>
  readFileSync(fileURLToPath(import.meta.resolve('@digital-go-jp/design-tokens/dist/tokens.css')), 'utf8');

/** As its package builds it for pages: in one file. */
const readWebAuthn = (): string =>
  readFileSync(new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser')), 'utf8');

/** The declarations of `tokens` that `style` refers to, directly or through another token. */
export function pickTokens(tokens: string, style: string): string {
  const declared = new Map([...tokens.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1], match[2]]));
  const picked = new Map<string, string>();
  const follow = (css: string): void => {
    for (const [, name] of css.matchAll(/var\((--[\w-]+)/g)) {
      const value = declared.get(name);
      if (name === undefined || value === undefined || picked.has(name)) continue;
      picked.set(name, value);
      follow(value);
    }
  };
  follow(style);
  return `:root{${[...picked].map(([name, value]) => `${name}:${value}`).join(';')}}\n`;
}

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s+|\n{2,}/g, '\n');

const fillOf = (brandCss: string): string => /--brand-fill:(#[0-9a-f]{6})/.exec(brandCss)?.[1] ?? '#333333';
