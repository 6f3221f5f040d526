import type { Page } from './cookie-browser.ts';

/** The hidden fields and the target of the first form on a page. */
export function formOf(page: Pick<Page, 'html'>): { readonly action: string; readonly fields: URLSearchParams } {
  const [, form = ''] = /<form[^>]*method="post"[^>]*>([\s\S]*?)<\/form>/i.exec(page.html) ?? [];
  const [, action = ''] =
    /<form[^>]*action="([^"]*)"/i.exec(page.html.slice(page.html.search(/<form[^>]*method="post"/i))) ?? [];
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/gi)) {
    const name = /name="([^"]*)"/.exec(input)?.[1] ?? '';
    fields.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  return { action, fields };
}
