/** /account/factors: what the person has to show that it is them, to be named, removed, and more of it set up. */
import type Router from '@koa/router';
import type Koa from 'koa';
import { DomainError } from '../../base/errors.ts';
import type { FreshAccount } from '../../core/access/fresh-account.ts';
import { isNamedFactor } from '../../core/access/fresh-check.ts';
import type { OwnAccount } from '../../core/access/own-account.ts';
import { factorName } from '../../core/credentials/factor-name.ts';
import type { World } from '../../core/world.ts';
import type { OwnPath } from '../own-login.ts';
import { deedIn, type OwnPages } from '../own-pages.ts';
import type { PageKit } from '../page.ts';
import { namedAmong, passwordSetOn, setUpState, shownFactor, shownRecoveryCodes } from '../shown-factors.ts';

const list = '/account/factors';
const codesPath = `${list}/recovery-codes`;
const pathOf = (id: string): OwnPath => `/account/factors/${encodeURIComponent(id)}`;

export function factorRoutes(router: Router, page: PageKit, pages: OwnPages, world: World): void {
  const readerOf = (ctx: Koa.Context) => ({
    config: page.config,
    locale: page.locale(ctx),
    now: world.clock.now(),
  });

  router.get(list, (ctx: Koa.Context) =>
    pages.asOwner(ctx, list, async (own) => {
      const reader = readerOf(ctx);
      const [held, hasSecondFactor] = await Promise.all([own.credentials(), own.hasSecondFactor()]);
      const codes = shownRecoveryCodes(reader, held, hasSecondFactor);
      await page.show(ctx, 'account/factors', {
        place: 'factors',
        ...deedIn(ctx),
        csrf: page.formToken(ctx),
        ...passwordSetOn(reader, held),
        factors: namedAmong(held).map((factor) => ({ ...shownFactor(reader, factor), href: pathOf(factor.id) })),
        ...(codes ? { recoveryCodes: { ...codes, action: codesPath } } : {}),
        addAction: `${list}/add`,
        setUp: setUpState(reader, own, held, hasSecondFactor),
      });
    }),
  );

  router.post(`${list}/add`, async (ctx: Koa.Context) => {
    await page.form(ctx);
    await pages.asOwner(ctx, list, () => pages.addFactor(ctx, `${list}?deed=added`));
  });

  codeRoutes(router, page, pages);
  oneFactorRoutes(router, page, pages, readerOf);
}

/** Made by one post, shown by a page that may be loaded again, and gone with another. */
function codeRoutes(router: Router, page: PageKit, pages: OwnPages): void {
  router.post(codesPath, async (ctx: Koa.Context) => {
    await page.form(ctx);
    await pages.asFreshOwner(ctx, list, async (fresh) => {
      if (!(await fresh.renewRecoveryCodes())) throw new DomainError('request.not_found');
      seeOther(ctx, codesPath);
    });
  });

  router.get(codesPath, (ctx: Koa.Context) =>
    pages.asFreshOwner(ctx, codesPath, async (fresh, { account }) => {
      const codes = await fresh.newRecoveryCodes();
      if (!codes) return seeOther(ctx, list);
      await page.show(ctx, 'account/recovery-codes', {
        place: 'factors',
        action: `${codesPath}/kept`,
        csrf: page.formToken(ctx),
        codes,
        loginName: account.loginName,
      });
    }),
  );

  router.post(`${codesPath}/kept`, async (ctx: Koa.Context) => {
    await page.form(ctx);
    await pages.asFreshOwner(ctx, list, async (fresh) => {
      await fresh.keepRecoveryCodes();
      seeOther(ctx, list);
    });
  });
}

function seeOther(ctx: Koa.Context, path: OwnPath): void {
  ctx.redirect(path);
  ctx.status = 303;
}

interface Holder {
  readonly fresh: FreshAccount;
  readonly own: OwnAccount;
}

type ReaderOf = (ctx: Koa.Context) => Parameters<typeof shownFactor>[0];

/** @throws DomainError `request.not_found` for the id of somebody else's factor as for one that there is not. */
const factorPage =
  (page: PageKit, readerOf: ReaderOf) =>
  async (ctx: Koa.Context, id: string, { fresh, own }: Holder, problem?: 'no_name'): Promise<void> => {
    const factor = await fresh.factor(id);
    if (!factor) throw new DomainError('request.not_found');
    const locale = page.locale(ctx);
    const held = await own.credentials();
    const neededBy = await fresh.neededBy(id);
    await page.show(ctx, 'account/factor', {
      place: 'factors',
      ...deedIn(ctx),
      action: pathOf(id),
      csrf: page.formToken(ctx),
      factor: shownFactor(readerOf(ctx), factor, true),
      removeAction: `${pathOf(id)}/remove`,
      neededBy: neededBy.map(({ name }) => name[locale]),
      isLast: held.filter(isNamedFactor).length === 1,
      ...(problem ? { problem } : {}),
      error: problem !== undefined,
      backHref: list,
    });
    if (problem) ctx.status = 422;
  };

function oneFactorRoutes(router: Router, page: PageKit, pages: OwnPages, readerOf: ReaderOf): void {
  const show = factorPage(page, readerOf);

  router.get(`${list}/:id`, async (ctx) => {
    const { id = '' } = ctx.params;
    await pages.asFreshOwner(ctx, pathOf(id), (fresh, own) => show(ctx, id, { fresh, own }));
  });

  router.post(`${list}/:id`, async (ctx) => {
    const { id = '' } = ctx.params;
    const form = await page.form(ctx);
    await pages.asFreshOwner(ctx, pathOf(id), async (fresh, own) => {
      const name = factorName(form('name'));
      if (name === '') return show(ctx, id, { fresh, own }, 'no_name');
      if ((await fresh.rename(id, name)) === 'not_found') throw new DomainError('request.not_found');
      return pages.goBack(ctx, list, 'renamed');
    });
  });

  router.post(`${list}/:id/remove`, async (ctx) => {
    const { id = '' } = ctx.params;
    await page.form(ctx);
    await pages.asFreshOwner(ctx, pathOf(id), async (fresh, own) => {
      const outcome = await fresh.remove(id);
      switch (outcome.kind) {
        case 'removed':
          return pages.goBack(ctx, list, 'removed');
        // Pressed twice, or in another tab: it is gone, as was wished.
        case 'not_found':
          return seeOther(ctx, list);
        case 'needed':
          await show(ctx, id, { fresh, own });
          ctx.status = 409;
      }
    });
  });
}
