/**
 * How a document speaks of a client secret: `generate`, or the SHA-256 of one that exists. Never the secret itself:
 * files are copied, mailed and kept under version control.
 */
import { z } from 'zod';

export type WrittenSecret =
  | { readonly kind: 'generate' }
  | { readonly kind: 'digests'; readonly slots: readonly WrittenSlot[] };

export interface WrittenSlot {
  readonly digest: string;
  readonly expiresAt?: number;
}

/** Base64url as the store keeps it, or the hexadecimal of sha256sum. */
const digest = z
  .string()
  .regex(/^(?:[A-Za-z0-9_-]{43}|[0-9a-fA-F]{64})$/)
  .transform((text) => (text.length === 64 ? Buffer.from(text, 'hex').toString('base64url') : text));

const slot = z.strictObject({ sha256: digest, until: z.iso.datetime({ offset: true }).exactOptional() }).transform(
  ({ sha256, until }): WrittenSlot => ({
    digest: sha256,
    ...(until === undefined ? {} : { expiresAt: Date.parse(until) }),
  }),
);

export const writtenSecret = () =>
  z
    .union([
      z.literal('generate').transform((): WrittenSecret => ({ kind: 'generate' })),
      slot.transform((only): WrittenSecret => ({ kind: 'digests', slots: [only] })),
      z
        .array(slot)
        .min(1)
        .max(2)
        .transform((slots): WrittenSecret => ({ kind: 'digests', slots })),
    ])
    .meta({
      words:
        'generate, or { sha256: … } with the digest of a random secret, or a list of two while one replaces the other',
      confidential: true,
    });
