/** Sekisho as it runs in production: durable SQLite file, every check on; people who are signed in already. */

import * as client from 'openid-client';
import { CookieBrowser } from '../../support/cookie-browser.ts';
import { beginRequest, follow, openParty, submit } from '../../support/relying-party.ts';
import { goodPassword, startSekisho } from '../../support/sekisho.ts';
import { serveBench } from './messages.ts';

const people = 20;
const secret = 's'.repeat(43);
const sekisho = await startSekisho({ environment: { SEKISHO__LOG__LEVEL: 'silent' } });
await sekisho.addConnection({ id: 'bench', secret, oidc: { mayRefresh: false } });
const party = await openParty(sekisho, 'bench', client.ClientSecretBasic(secret));

async function signIn(index: number): Promise<string> {
  const loginName = `a0${String(index).padStart(6, '0')}`;
  await sekisho.addAccount({ loginName });
  const browser = new CookieBrowser();
  const { url } = await beginRequest(party, { scope: 'openid' });
  const { page } = await follow(browser, sekisho.issuer, url);
  if (!page) throw new Error('no login page');
  await submit(browser, sekisho.issuer, page, { username: loginName, password: goodPassword });
  return [...browser.cookies(sekisho.issuer)].map(([name, value]) => `${name}=${value}`).join('; ');
}

const cookies: string[] = [];
for (let index = 0; index < people; index += 1) cookies.push(await signIn(index));

serveBench(
  { issuer: sekisho.issuer, clientId: 'bench', clientSecret: secret, redirectUri: party.redirectUri, cookies },
  () => sekisho.close(),
);
