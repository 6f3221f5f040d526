/** The end of a login, whichever way the provider's answer came: only the browser that began it is signed in. */
import type Koa from 'koa';
import { goTo } from './go-to.ts';
import { cookieName, type SiteSetting } from './site-setting.ts';
import { Trouble } from './trouble.ts';
import { Visitor } from './visitor.ts';

/** `state` is what the answer brought back, unchecked. */
export async function finishLogin(
  ctx: Koa.Context,
  setting: SiteSetting,
  state: unknown,
  answer: string,
): Promise<void> {
  const visitor = new Visitor(ctx, setting.sessions, cookieName(setting, 'session'));
  const login = typeof state === 'string' ? visitor.take(state) : undefined;
  if (!login) {
    // A second tab, or the back button: nothing to do, the person is in.
    if (visitor.session?.signedIn) return goTo(ctx, '/');
    // Otherwise this browser did not begin that login: an attacker's answer would sign the visitor in as the attacker.
    throw new Trouble('expired');
  }
  ctx.state.returnTo = login.returnTo;
  visitor.signIn(await login.complete(answer));
  goTo(ctx, login.returnTo);
}
