/** What is asked of the outgoing client, and what it answers: always a value, always bounded. */
import type { OutgoingReason } from './outgoing-error.ts';

export interface Limits {
  /** Milliseconds until the connection stands: name, TCP and TLS together. */
  readonly connectTime: number;
  /** Milliseconds for everything, to the last byte of the body: a body that drips cannot stretch it. */
  readonly totalTime: number;
  readonly headerBytes: number;
  readonly bodyBytes: number;
}

export interface Outward {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** Those of the connection itself (Host, Content-Length, Accept-Encoding …) are ours and overwritten. */
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Media types without parameters. They are announced in Accept, and a success of another type is refused. */
  readonly accept?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** What is fetched is signed, and its signature is checked: http will do, and to public addresses only. */
  readonly isSelfProving?: boolean;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The body as UTF-8. */
  text(): string;
}

/** A status of 400 or more is an answer: what it means is the caller's matter. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly reason: OutgoingReason };
