/** A login with a client certificate, as a browser without scripts goes through it: the issuer, the other origin, and back. */
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import type { KeyedCertificate } from '../support/openssl-authority.ts';
import { follow, type Party, submit } from '../support/relying-party.ts';
import { goodPassword } from '../support/sekisho.ts';
import type { CertificateStage } from './certificate-stage.ts';
import { ask } from './enter.ts';

export const subjects = {
  SEKISHO__CERTIFICATES__SUBJECTS: JSON.stringify([
    { field: 'commonName', to: 'loginName', under: 'O=Example University,C=JP' },
  ]),
};
export const subjectOf = (loginName: string): string => `/C=JP/O=Example University/CN=${loginName}`;

export interface Visit {
  readonly browser: CookieBrowser;
  readonly page: Page;
}

export interface CertificateVisits {
  readonly stage: CertificateStage;
  readonly party: Party;
}

export const pageOf = ({ page, left }: { readonly page?: Page; readonly left?: URL }): Page => {
  if (!page) throw new Error(`the browser went to ${left?.href}`);
  return page;
};

/** By the password and the choice of ways to the page that asks for a certificate. */
export async function arrive(
  { stage, party }: CertificateVisits,
  browser = new CookieBrowser(),
  choices: readonly string[] = ['certificate'],
): Promise<Visit> {
  const { issuer } = stage.sekisho;
  let page = pageOf(await ask(stage.sekisho, party, browser));
  const typed = [{ username: 'a0123456', password: goodPassword }, ...choices.map((choice) => ({ choice }))];
  for (const fields of typed) page = pageOf(await submit(browser, issuer, page, fields));
  return { browser, page };
}

/** Where the page leads for a certificate, below the origin that asks. */
export function pathIn({ origin }: CertificateStage, { html }: Pick<Page, 'html'>): string {
  const [, href = ''] = /<a [^>]*href="([^"]*\/certificate\/[^"]*)"/.exec(html) ?? [];
  if (!href.startsWith(origin)) throw new Error('the page leads nowhere');
  return href.slice(origin.length);
}

/** Where the origin sends a browser that shows this certificate. */
export async function reported(
  stage: CertificateStage,
  page: Pick<Page, 'html'>,
  shown: KeyedCertificate | undefined,
): Promise<string> {
  const { status, headers } = await stage.ask(pathIn(stage, page), shown);
  if (status !== 303) throw new Error(`answered ${status}`);
  return headers.get('location') ?? '';
}

/** The issuer's page after the browser has been there and back. */
export async function present(
  { stage }: CertificateVisits,
  { browser, page }: Visit,
  shown: KeyedCertificate | undefined,
): Promise<Page> {
  return pageOf(await follow(browser, stage.sekisho.issuer, await reported(stage, page, shown)));
}
