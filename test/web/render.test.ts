import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type Locale, locales } from '../../src/base/locale.ts';
import { headings } from '../../src/web/headings.ts';
import { createRenderer, templateNames } from '../../src/web/render.ts';
import type { PageFrame, PasswordView } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { samplePages } from './sample-pages.ts';
import { sampleFrame } from './sample-university.ts';

const viewsDirectory = fileURLToPath(new URL('../../views', import.meta.url));
const addresses = {
  stylesheets: ['/assets/style.css'],
  scripts: ['/assets/page.js'],
  newPasswordScript: '/assets/new-password.js',
  passkeyScript: '/assets/passkey.js',
  logoutScript: '/assets/logout.js',
  icon: '/assets/icon.svg',
};
const renderer = createRenderer({
  viewsDirectory,
  frame: { ja: sampleFrame('ja', addresses), en: sampleFrame('en', addresses) },
});

const show = (sample: SamplePage, locale: Locale): string => renderer.render(sample.view, locale, sample.model);
const everyPage = locales.flatMap((locale) =>
  samplePages(locale).map((sample) => ({ locale, sample, title: `${sample.name} in ${locale}` })),
);

const passwordPage = (changes: Partial<PasswordView & PageFrame>): string => {
  const sample = samplePages('ja').find(({ view }) => view === 'login/password');
  if (sample?.view !== 'login/password') throw new Error('there is no sample of the password page');
  return renderer.render('login/password', 'ja', { ...sample.model, ...changes });
};
const languageLink = (path: string): string | undefined =>
  /href="([^"]*)" hreflang="en"/.exec(passwordPage({ path }))?.[1];

describe('the views', () => {
  it('have a model each, and each model a view', () => {
    const files = templateNames(viewsDirectory).filter((name) => name !== 'layout' && !name.startsWith('parts/'));
    expect(files).toEqual(Object.keys(headings).sort());
  });

  it('have a sample each', () => {
    expect([...new Set(samplePages('ja').map(({ view }) => view))].sort()).toEqual(Object.keys(headings).sort());
  });
});

describe('every page', () => {
  it.each(everyPage)(
    'has one h1, its language, one primary button at most and no inline style or script: $title',
    (page) => {
      const html = show(page.sample, page.locale);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain(`<html lang="${page.locale}">`);
      expect((html.match(/button-primary/g) ?? []).length).toBeLessThanOrEqual(1);
      expect(html).not.toMatch(/ style=|<style|<script>|<script [^>]*>[^<]| on[a-z]+=|undefined|\[object/);
    },
  );

  it.each(everyPage)('repeats no id and points labels and descriptions at ids that exist: $title', (page) => {
    const html = show(page.sample, page.locale);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    const wanted = [...html.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(wanted.flatMap((match) => (match[1] ?? '').split(' ')).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('text from elsewhere', () => {
  it('cannot become markup, in an element or in an attribute', () => {
    const html = passwordPage({ username: '"><script>alert(1)</script>' });
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).not.toContain('<script>alert');
  });

  it('is refused when it is missing, instead of leaving an empty place', () => {
    expect(() => passwordPage({ csrf: undefined as unknown as string })).toThrow(/login-fields\.ejs prints something/);
  });
});

describe('the language link', () => {
  it.each([
    ['/login/abc', '/login/abc?lang=en'],
    ['/help?from=a%20b&lang=ja', '/help?from=a+b&amp;lang=en'],
    ['//evil.example/x', '/evil.example/x?lang=en'],
    ['/\\evil.example', '/evil.example?lang=en'],
    ['/.//evil.example/x', '/evil.example/x?lang=en'],
  ])('of %s stays on this site: %s', (path, expected) => {
    expect(languageLink(path)).toBe(expected);
  });
});

describe('the password page', () => {
  it('has the fields that people and programs rely on', () => {
    const html = passwordPage({});
    for (const part of [
      'name="username"',
      'name="password"',
      'name="csrf"',
      'name="step" value="password"',
      'name="turn" value="1"',
      'autocomplete="username webauthn"',
      'autocomplete="current-password"',
      'data-testid="continue"',
    ])
      expect(html).toContain(part);
  });

  it('never prints the password field with a value', () => {
    expect(/<input[^>]*name="password"[^>]*>/.exec(passwordPage({ error: 'wrong' }))?.[0]).not.toContain('value=');
  });

  it('puts the focus in one place: the first empty field, or the summary of what went wrong', () => {
    const focused = (html: string) => [...html.matchAll(/<(?:input|div)[^>]*autofocus[^>]*>/g)].map(([tag]) => tag);
    const [onName, onPassword, onProblem] = [
      passwordPage({}),
      passwordPage({ username: 'a0123456' }),
      passwordPage({ username: 'a0123456', error: 'wrong' }),
    ].map(focused);
    expect(onName).toEqual([expect.stringContaining('name="username"')]);
    expect(onPassword).toEqual([expect.stringContaining('name="password"')]);
    expect(onProblem).toEqual([expect.stringContaining('role="alert"')]);
  });

  it('names the kinds of account, activation and the desk when the words were wrong', () => {
    const html = passwordPage({ error: 'wrong' });
    for (const part of ['ECS-ID・SPS-ID またはパスワードが正しくありません。', '有効化', '情報環境支援センター']) {
      expect(html).toContain(part);
    }
  });
});

describe('the portal', () => {
  it('offers a search from twelve services on', () => {
    const sample = samplePages('ja').find(({ view }) => view === 'portal/home');
    if (sample?.view !== 'portal/home') throw new Error('there is no sample of the portal');
    expect(renderer.render('portal/home', 'ja', { ...sample.model, total: 11 })).not.toContain('name="q"');
    expect(renderer.render('portal/home', 'ja', { ...sample.model, total: 12 })).toContain('name="q"');
  });
});
