/**
 * Where the provider's answers come by SAML (Profiles 4.1, 4.4). /saml/acs: the browser brings one. /saml/slo: a login has
 * ended elsewhere, or the provider answers a log-out that was begun here. /saml/metadata: what others need to know of us.
 */
import type Router from '@koa/router';
import type Koa from 'koa';
import { finishLogin } from '../finish-login.ts';
import { goTo } from '../go-to.ts';
import { readForm } from '../read-form.ts';
import type { SiteSetting } from '../site-setting.ts';
import { Trouble } from '../trouble.ts';
import { KeptAnswers } from './kept-answers.ts';
import { type SentMessage, sentMessage } from './logout-message.ts';
import { samlPaths } from './own-metadata.ts';
import type { SamlProvider } from './saml-provider.ts';

/** An encrypted assertion with many attributes has some ten kilobytes. */
const bodyAtMost = 128 * 1024;

export interface SamlRouteMeans {
  readonly provider: SamlProvider;
  readonly metadata: string;
}

export function addSamlRoutes(router: Router, setting: SiteSetting, { provider, metadata }: SamlRouteMeans): void {
  const answers = new KeptAnswers();

  router.get(samlPaths.metadata, (ctx) => {
    ctx.body = metadata;
    ctx.type = 'application/samlmetadata+xml';
  });

  router.post(samlPaths.consumer, async (ctx) => {
    const form = await readForm(ctx, bodyAtMost).catch(refuse);
    const kept = { message: form.get('SAMLResponse') ?? '', state: form.get('RelayState') ?? '' };
    goTo(ctx, `${samlPaths.consumer}?answer=${answers.keep(kept)}`);
  });

  router.get(samlPaths.consumer, (ctx) => {
    const kept = answers.take(ctx.query.answer);
    return finishLogin(ctx, setting, kept?.state, kept?.message ?? '');
  });

  router.get(samlPaths.logout, (ctx) =>
    hear(ctx, () => sentMessage(new URLSearchParams(ctx.querystring), ctx.querystring)),
  );
  router.post(samlPaths.logout, (ctx) => hear(ctx, async () => sentMessage(await readForm(ctx, bodyAtMost))));

  async function hear(ctx: Koa.Context, read: () => SentMessage | Promise<SentMessage>): Promise<void> {
    try {
      const sent = await read();
      const heard = await provider.readLogout(sent);
      if (heard.kind === 'request') {
        // Nobody was signed in any more: that is success, too.
        setting.sessions.endElsewhere(heard.name);
        return goTo(ctx, heard.answerUrl);
      }
      const state = sent.state ?? '';
      setting.sessions.settle({ state, outcome: heard.isComplete ? 'everywhere' : 'partly' });
      goTo(ctx, `/logged-out?state=${encodeURIComponent(state)}`);
    } catch (error) {
      setting.report(`${setting.site.id}: logout message: ${error instanceof Error ? error.message : 'unreadable'}`);
      refuse(error);
    }
  }
}

const refuse = (error: unknown): never => {
  throw error instanceof Trouble ? error : new Trouble('foreign_request', error);
};
