/**
 * An interaction of oidc-provider becomes an attempt of the login machine. The two share their id, so that one cookie
 * and one address hold them together; an attempt that the session already satisfies finishes without a page.
 */

import type Provider from 'oidc-provider';
import type { Interaction, KoaContextWithOIDC } from 'oidc-provider';
import { type GateMeans, requestOf } from './gate.ts';
import { deliverResult } from './login-result.ts';

export function beginInteraction(means: GateMeans, holder: { readonly provider?: Provider }) {
  return async (ctx: KoaContextWithOIDC, interaction: Interaction): Promise<string> => {
    const connection = means.clients.connectionOf(ctx.oidc.client);
    const provider = holder.provider;
    if (!connection || !provider) throw new Error('an interaction begins with a known client');
    const uiLocales = ctx.oidc.params?.ui_locales;
    means.pages.locale(ctx, typeof uiLocales === 'string' ? uiLocales : undefined);
    const visitor = await means.pages.visitor(ctx);
    const page = `/login/${interaction.uid}`;
    const request = requestOf(means, ctx, connection);
    const position = await means.login.begin(interaction.uid, request, visitor);
    if (position.kind === 'finished' && position.outcome.kind === 'granted') {
      return deliverResult(provider, interaction.uid, position.outcome);
    }
    return page;
  };
}
