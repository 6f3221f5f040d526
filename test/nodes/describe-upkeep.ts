/** What nodes do beside answering people: each thing once, whichever does it, and nothing lost between them. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { days } from '../../src/base/duration.ts';
import { isDomainError } from '../../src/base/errors.ts';
import { openLog } from '../../src/base/log.ts';
import { auditWrite } from '../../src/core/audit/event.ts';
import { keepSealed } from '../../src/core/audit/keep-sealed.ts';
import { auditKeysOf } from '../../src/core/audit/public-keys.ts';
import { verifyAudit } from '../../src/core/audit/verify.ts';
import { turnRing, turnRingNow } from '../../src/core/keys/turn-ring.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { type Notice, noticeStates, notices } from '../../src/core/notices/notice.ts';
import { planNotices } from '../../src/core/notices/plan.ts';
import { logoutAt } from '../core/notices/outbox-stage.ts';
import { userinfo } from '../http/program.ts';
import { exchange, logIn, openParty, type Party } from '../support/relying-party.ts';
import { operator } from '../support/sekisho.ts';
import type { Node, TwoNodes } from './two-nodes.ts';

export function describeUpkeep(opened: () => TwoNodes): void {
  describe('what is done once', () => {
    let nodes: TwoNodes;
    let both: readonly [Node, Node];
    beforeEach(() => {
      nodes = opened();
      both = [nodes.behind, nodes.ahead];
    });

    it('the audit trail is one unbroken chain, though both write it and both seal it at once', async () => {
      const rounds = 12;
      const tell = ({ ground: { world } }: Node) =>
        world.store.commit([auditWrite(world, operator, { type: 'setup.link_issued' })]);
      const seal = ({ ground }: Node) =>
        keepSealed(ground.world, ground.ring.current().keys, {
          limit: 5,
          rounds: 3,
          batches: 4,
          interval: 60_000,
        }).catch((error: unknown) => {
          // Whoever comes second has sealed nothing, and says so.
          if (!isDomainError(error, 'store.conflict') && !isDomainError(error, 'store.duplicate')) throw error;
        });
      for (let round = 0; round < rounds; round += 1) await Promise.all([...both.map(tell), ...both.map(seal)]);
      for (let round = 0; round < rounds; round += 1) await Promise.all(both.map(seal));
      for (const { ground } of both) {
        const found = await Array.fromAsync(verifyAudit(ground.world, auditKeysOf(ground.ring.current().keys)));
        expect(found).toEqual([expect.objectContaining({ kind: 'summary', problems: 0, events: 2 * rounds })]);
      }
    });

    it('what is owed goes out once, though both send at the same moment', async () => {
      const ids: string[] = [];
      for (const { ground } of both) {
        const owed = Array.from({ length: 15 }, (_, place) => logoutAt(`service-${place}`, 'sid'));
        await ground.world.store.commit(await planNotices(ground.world, ground.masterKey, owed));
      }
      const deliver = ({ ground: { world, masterKey } }: Node) => {
        const sender = async (_content: unknown, { id }: { readonly id: string }) => {
          ids.push(id);
          return { kind: 'accepted' as const };
        };
        const turn = { world, signal: new AbortController().signal, log: openLog('silent') };
        return deliverDue({ masterKey, giveUpAfter: days(1), senders: { logout: sender } }, turn, ['logout']);
      };
      await Promise.all(both.map(deliver));
      // Of two to one service the second waits while the other node sends the first.
      nodes.advance(10_000);
      await Promise.all(both.map(deliver));
      expect(ids).toHaveLength(30);
      expect(new Set(ids).size).toBe(30);
      expect(await statesOf(nodes.behind)).toEqual({ sent: 30 });
    });

    describe('a key that turns', () => {
      let party: Party;
      beforeEach(async () => {
        await nodes.behind.addAccount();
        await nodes.behind.addConnection({ id: 'library' });
        party = await openParty(nodes.behind, 'library');
      });

      const publishedBy = async (node: Node): Promise<JSONWebKeySet> => {
        nodes.aim(node);
        return (await (await fetch(`${node.issuer}/oidc/jwks`)).json()) as JSONWebKeySet;
      };
      const tokenOf = async (node: Node): Promise<string> => {
        nodes.aim(node);
        const { callback, begun } = await logIn(node, party);
        return (await exchange(party, callback, begun)).id_token ?? '';
      };
      const turn = ({ ground: { world, turning } }: Node) => turnRing(world, turning, operator);
      const follow = () => Promise.all(both.map(({ app }) => app.followRing()));

      it('is published by both before one signs with it, and what either signs the other has published', async () => {
        const { rules } = nodes.behind.ground.turning;
        const { period, publishAhead } = rules['token-signing'];
        nodes.advance(period - publishAhead + days(1));
        expect(await turn(nodes.ahead)).toBeGreaterThan(0);
        await follow();
        const old = decodeProtectedHeader(await tokenOf(nodes.behind)).kid;
        nodes.advance(publishAhead + days(1));
        expect(await turn(nodes.behind)).toBeGreaterThan(0);
        // One has noticed; the other will within seconds.
        await nodes.ahead.app.followRing();
        const tokens = [await tokenOf(nodes.behind), await tokenOf(nodes.ahead)];
        const kids = tokens.map((token) => decodeProtectedHeader(token).kid);
        expect(kids[1]).not.toBe(old);
        for (const node of both) {
          const keys = createLocalJWKSet(await publishedBy(node));
          for (const token of tokens) await jwtVerify(token, keys, { issuer: node.issuer, audience: 'library' });
        }
      });

      it('is gone from both in an emergency, with all that it sealed', async () => {
        nodes.aim(nodes.behind);
        const { callback, begun } = await logIn(nodes.behind, party);
        const { access_token: token } = await exchange(party, callback, begun);
        const { world, turning } = nodes.ahead.ground;
        await turnRingNow(world, turning, operator, ['token-sealing', 'token-signing']);
        await follow();
        for (const node of both) {
          nodes.aim(node);
          expect((await userinfo(node, token)).status).toBe(401);
        }
        nodes.aim(nodes.ahead, nodes.behind);
        const anew = await logIn(nodes.behind, party);
        expect(await exchange(party, anew.callback, anew.begun)).toHaveProperty('access_token');
      });

      it('is turned once where both nodes turn it at the same moment', async () => {
        const { rules } = nodes.behind.ground.turning;
        nodes.advance(2 * rules['token-signing'].period);
        const outcomes = await Promise.allSettled(both.map(turn));
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected')
            expect(['store.conflict', 'store.duplicate']).toContain(outcome.reason.code);
        }
        await follow();
        const [left, right] = [await publishedBy(nodes.behind), await publishedBy(nodes.ahead)];
        expect(left).toEqual(right);
        expect(new Set(left.keys.map(({ kid }) => kid)).size).toBe(left.keys.length);
      });
    });
  });
}

async function statesOf({ ground: { world } }: Node): Promise<Readonly<Record<string, number>>> {
  const counts = noticeStates.map(async (state: Notice['state']) => {
    const count = await world.store.count(notices, { index: 'byState', equals: [state] });
    return [state, count] as const;
  });
  return Object.fromEntries((await Promise.all(counts)).filter(([, count]) => count > 0));
}
