/** What the routes share: rendering a page for the person before us, reading a form, checking that it is ours. */
import type Koa from 'koa';
import raw from 'raw-body';
import { DomainError, isDomainError } from '../base/errors.ts';
import type { Config } from '../config/schema.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { isMac, mac } from '../core/keys/seal.ts';
import { accounts } from '../core/people/account.ts';
import { displayName, people } from '../core/people/person.ts';
import type { World } from '../core/world.ts';
import { contentPolicy } from './content-policy.ts';
import type { Exchange } from './cookies.ts';
import type { Renderer } from './render.ts';
import { serviceTiles } from './tiles.ts';
import type { PageFrame, ViewModels, ViewName } from './views.ts';
import type { Visitors } from './visitors.ts';

export interface PageMeans {
  readonly config: Config;
  readonly world: World;
  readonly masterKey: MasterKey;
  readonly visitors: Visitors;
  readonly renderer: Renderer;
}

/** The fields of a form; an absent field is empty, of a repeated one the last counts. */
export type Form = (field: string) => string;

const longestForm = 16 * 1024;

/** @throws DomainError `input.too_large`, `input.invalid` */
export async function readText({ req }: Exchange, limit: number): Promise<string> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(req.headers['content-type'] ?? '');
  if (!isForm) throw new DomainError('input.invalid', { reason: 'not a form' });
  try {
    return await raw(req, { limit, length: req.headers['content-length'] ?? null, encoding: 'utf8' });
  } catch (error) {
    const isLarge = (error as { type?: string }).type === 'entity.too.large';
    throw new DomainError(isLarge ? 'input.too_large' : 'input.invalid', {}, error);
  }
}

export function pagesOf(means: PageMeans) {
  const { config, world, masterKey, visitors, renderer } = means;

  /** Who is signed in, in the header of every page; nobody, on a page that has to tell that the store does not answer. */
  async function frameFor(exchange: Exchange, path: string): Promise<PageFrame> {
    try {
      return await readFrame(exchange, path);
    } catch (error) {
      if (!isDomainError(error, 'store.unavailable')) throw error;
      return { path };
    }
  }

  async function readFrame(exchange: Exchange, path: string): Promise<PageFrame> {
    const session = await visitors.session(exchange);
    const account = session && (await world.store.get(accounts, session.accountId));
    const person = account && (await world.store.get(people, account.personId));
    if (!account || !person) return { path };
    const name = displayName(person, visitors.locale(exchange));
    return { path, signedInAs: { name, loginName: account.loginName, logOutHref: '/logout' } };
  }

  const tokenOf = (exchange: Exchange): string => mac(masterKey, 'form-tokens', visitors.browserToken(exchange));

  return {
    async html<V extends ViewName>(exchange: Exchange, path: string, view: V, model: ViewModels[V]): Promise<string> {
      const frame = await frameFor(exchange, path);
      return renderer.render(view, visitors.locale(exchange), { ...model, ...frame });
    },

    /** Answers with a page. `formTargets`: other origins to which a form on it may lead. */
    async show<V extends ViewName>(
      ctx: Koa.Context,
      view: V,
      model: ViewModels[V],
      formTargets: readonly string[] = [],
    ): Promise<void> {
      ctx.set('Content-Security-Policy', contentPolicy(formTargets));
      ctx.set('Cache-Control', 'no-store');
      ctx.type = 'html';
      ctx.body = await this.html(ctx, ctx.originalUrl, view, model);
    },

    /** Goes into every form as `csrf`: bound to the browser, so that no other site can have one made. */
    formToken: tokenOf,

    /** @throws DomainError `request.form_expired` when the form was not made for this browser. */
    async form(exchange: Exchange): Promise<Form> {
      const fields = new URLSearchParams(await readText(exchange, longestForm));
      const form: Form = (field) => fields.getAll(field).at(-1) ?? '';
      const browserToken = visitors.heldBrowserToken(exchange);
      if (browserToken === undefined || !isMac(form('csrf'), masterKey, 'form-tokens', browserToken)) {
        throw new DomainError('request.form_expired');
      }
      return form;
    },

    /** The services that a person may use. */
    tiles: serviceTiles(world),

    locale: visitors.locale,
    visitors,
    config,
  };
}

export type PageKit = ReturnType<typeof pagesOf>;
