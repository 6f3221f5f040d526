/** What a person, a balancer and an operator meet while the disk fails, and when it is back. Answers what is wrong. */
import type { CookieBrowser } from '../support/cookie-browser.ts';

export async function lookAround(
  issuer: string,
  browser: CookieBrowser,
  state: 'failing' | 'well',
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const expectStatus = async (path: string, status: number): Promise<string> => {
    const answer = await browser.send(`${issuer}${path}`, { headers: { accept: 'text/html' } });
    const body = await answer.text();
    if (answer.status !== status) wrong.push(`${path} was answered with ${answer.status} while the disk is ${state}`);
    return body;
  };
  await expectStatus('/readyz', state === 'failing' ? 503 : 200);
  await expectStatus('/livez', 200);
  // These only read.
  await expectStatus('/.well-known/openid-configuration', 200);
  await expectStatus('/oidc/jwks', 200);
  const portal = await expectStatus('/', 200);
  if (!portal.includes('京都 花子')) wrong.push('the portal does not know who is signed in');
  if (state === 'failing') {
    const stranger = await fetch(`${issuer}/login`, { headers: { accept: 'text/html', 'accept-language': 'ja' } });
    const page = await stranger.text();
    if (stranger.status !== 503) wrong.push(`a login was answered with ${stranger.status}`);
    if (!page.includes('class="incident"') || !page.includes('もう一度お試しください')) {
      wrong.push('the page does not say what to do next');
    }
  }
  return wrong;
}

/** One line when it began, one when it was over, and none for each request that met it. */
export function judgeLog(lines: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const count = (text: string): number => lines.filter(({ msg }) => msg === text).length;
  const wrong: string[] = [];
  if (count('the store takes no writes') !== 1) wrong.push('the log does not name the outage once');
  if (count('the store takes writes again') !== 1) wrong.push('the log does not say once that it is over');
  const others = lines.filter(({ msg }) => !String(msg).startsWith('the store takes'));
  if (others.length > 10)
    wrong.push(`the log is flooded: ${others.length} lines, such as ${JSON.stringify(others[0])}`);
  return wrong;
}
