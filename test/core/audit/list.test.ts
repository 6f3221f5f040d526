import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AuditFacts, auditEvents, auditWrite } from '../../../src/core/audit/event.ts';
import { type AuditListing, listAudit } from '../../../src/core/audit/list.ts';
import { sealNext } from '../../../src/core/audit/seal.ts';
import { remove } from '../../../src/store/port.ts';
import { actor, auditStage } from './audit-stage.ts';

describe('listAudit', () => {
  const stage = auditStage();
  const entered = (accountId: string, connectionId: string): AuditFacts => ({
    type: 'service.entered',
    accountId,
    connectionId,
  });
  const list = (listing: AuditListing = {}) => listAudit(stage().world, listing);
  const told = async (listing: AuditListing = {}) => (await list(listing)).records.map(({ facts }) => facts);

  it('gives the newest first, sealed or not', async () => {
    await stage().sealed(2);
    await stage().tell(1, entered('a', 'kulasis'));
    const { records, next } = await list();
    expect(records.map(({ batch }) => batch)).toEqual([0, 1, 1]);
    expect(next).toBeUndefined();
    expect((await list({ oldestFirst: true })).records).toEqual([...records].reverse());
  });

  it('finds by account, by connection, by type and by all of them', async () => {
    await stage().tell(1, entered('a', 'kulasis'));
    await stage().tell(1, entered('a', 'mykuline'));
    await stage().tell(1, entered('b', 'kulasis'));
    await stage().tell(1, { type: 'account.suspended', accountId: 'a', reason: 'lost' });
    expect(await told({ accountId: 'a' })).toHaveLength(3);
    expect(await told({ connectionId: 'kulasis' })).toHaveLength(2);
    expect(await told({ type: 'account.suspended' })).toHaveLength(1);
    expect(await told({ accountId: 'a', connectionId: 'kulasis', type: 'service.entered' })).toEqual([
      entered('a', 'kulasis'),
    ]);
    expect(await told({ accountId: 'b', type: 'account.suspended' })).toEqual([]);
  });

  it('takes the beginning of a time and leaves its end', async () => {
    await stage().tell(3);
    const [first, second, third] = await stage().events();
    const within = async (from: number | undefined, below: number | undefined) =>
      (await list({ ...(from ? { from } : {}), ...(below ? { below } : {}) })).records.map(({ id }) => id);
    expect(await within(second?.at, third?.at)).toEqual([second?.id]);
    expect(await within(undefined, second?.at)).toEqual([first?.id]);
  });

  it('gives, page by page, every match once and in order, whatever is asked', async () => {
    const facts = fc.record({
      account: fc.constantFrom('a', 'b'),
      connection: fc.constantFrom('k', 'm', 'w'),
      isEntry: fc.boolean(),
    });
    const filter = fc.record(
      {
        accountId: fc.constantFrom('a', 'b', 'nobody'),
        connectionId: fc.constantFrom('k', 'm'),
        type: fc.constantFrom('service.entered' as const, 'release.denied' as const),
        from: fc.integer({ min: 0, max: 10 }),
        below: fc.integer({ min: 20, max: 40 }),
        limit: fc.integer({ min: 1, max: 5 }),
        oldestFirst: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 10, maxLength: 40, size: 'max' }), filter, async (tales, asked) => {
        const { world, clock } = stage();
        const { store } = world;
        await store.commit((await stage().events()).map(({ id }) => remove(auditEvents, id)));
        const start = clock.now();
        for (const { account: accountId, connection: connectionId, isEntry } of tales) {
          const type = isEntry ? 'service.entered' : 'release.denied';
          await store.commit([auditWrite(world, actor, { type, accountId, connectionId })]);
          clock.advance(1);
        }
        const { from, below, limit, ...rest } = asked;
        const listing: AuditListing = {
          ...rest,
          ...(limit === undefined ? {} : { limit }),
          ...(from === undefined ? {} : { from: start + from }),
          ...(below === undefined ? {} : { below: start + below }),
        };
        const found: string[] = [];
        let after: string | undefined;
        do {
          const page = await list({ ...listing, ...(after ? { after } : {}) });
          expect(page.records.length).toBeLessThanOrEqual(limit ?? 100);
          found.push(...page.records.map(({ id }) => id));
          after = page.next;
        } while (after);
        const expected = (await stage().events())
          .filter(({ at }) => at >= start + (from ?? 0) && at < start + (below ?? 1_000))
          .filter(({ type }) => asked.type === undefined || type === asked.type)
          .filter(({ accountId }) => asked.accountId === undefined || accountId === asked.accountId)
          .filter(({ connectionId }) => asked.connectionId === undefined || connectionId === asked.connectionId)
          .map(({ id }) => id);
        expect(found).toEqual(asked.oldestFirst ? expected : expected.reverse());
      }),
      { numRuns: 60 },
    );
  });

  it('ends its reading when few match, and goes on from there', async () => {
    await stage().tell(60, entered('a', 'kulasis'));
    await stage().tell(1, entered('a', 'mykuline'));
    await stage().tell(60, entered('a', 'kulasis'));
    await sealNext(stage().world, 500);
    const asked = { accountId: 'a', connectionId: 'mykuline', limit: 2 };
    const first = await list(asked);
    expect(first.records).toEqual([]);
    expect(first.next).toBeDefined();
    const second = await list({ ...asked, ...(first.next ? { after: first.next } : {}) });
    expect(second.records.map(({ facts }) => facts)).toEqual([entered('a', 'mykuline')]);
  });
});
