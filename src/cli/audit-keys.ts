/** `audit keys`: the public keys of the audit's checkpoints, to be handed over with an export. */
import type { Command } from 'commander';
import { auditJwks, auditKeysOf } from '../core/audit/public-keys.ts';
import { done } from './report.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'keys',
  summary: 'print the public keys that verify the audit trail, as a JWK set',
  more: 'Hand them over by another way than the export: whoever could change both could sign a trail of their own.',
  json: '{ keys: [ JWK ] }, as without --json',
};

export const addAuditKeys = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (_world, { ring }) => {
      const jwks = auditJwks(auditKeysOf(ring.current().keys));
      return done([JSON.stringify(jwks, undefined, 2)], jwks);
    }),
  );
