/**
 * Verifies an export with nothing but the public keys, as an auditor would write it from docs/decisions/0006 alone: it
 * shares no code with src, and must not come to.
 *
 *     node independent-verifier.ts <export.jsonl> <jwks.json>     one problem a line; ends with 1 if there is any
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// biome-ignore lint/suspicious/noExplicitAny: whatever an export holds; it may have been tampered with
type Json = { [name: string]: any };

export interface Verdict {
  problems: string[];
  batches: number;
  events: number;
  unsealed: number;
}

export async function verifyExport(
  lines: Iterable<string> | AsyncIterable<string>,
  jwks: { readonly keys: readonly object[] },
): Promise<Verdict> {
  const keys = new Map<string, KeyObject>();
  for (const jwk of jwks.keys as Json[]) keys.set(jwk.kid, createPublicKey({ key: jwk, format: 'jwk' }));
  const verdict: Verdict = { problems: [], batches: 0, events: 0, unsealed: 0 };
  const say = (...words: unknown[]) => verdict.problems.push(words.join(' '));
  const absent: { batch: number; id: string }[] = [];
  const hashes = new Map<number, string[]>();
  let pending: { batch: number; event: Json }[] = [];
  let from = 1;
  let lastBatch = 0;
  let lastCheckpoint: number | undefined;
  let pruned = 0;

  for await (const line of lines) {
    const item: Json = JSON.parse(line);
    if (item.kind === 'sekisho-audit') {
      if (item.version !== 1) say('format', item.version);
      from = item.from;
      lastBatch = from - 1;
    } else if (item.kind === 'event') {
      pending.push({ batch: item.batch, event: item.event });
    } else if (item.kind === 'unsealed') {
      verdict.unsealed += 1;
    } else if (item.kind === 'batch') {
      judgeBatch(item.batch);
    } else if (item.kind === 'checkpoint') {
      judgeCheckpoint(item.checkpoint);
    } else {
      say('line', item.kind);
    }
  }
  for (const { batch, id } of absent) if (batch > pruned) say('event.removed', batch, id);
  return verdict;

  function judgeBatch(batch: Json): void {
    verdict.batches += 1;
    const number = lastBatch + 1 === batch.number ? batch.number : Number(batch.id);
    if (number !== lastBatch + 1) say('batch.missing', lastBatch + 1);
    const { hash, ...content } = batch;
    const computed = sha256(`sekisho audit batch 1\n${canonical(content)}`);
    if (hash !== computed || batch.number !== Number(batch.id)) say('batch.changed', number);
    const before = number === 1 ? [''] : hashes.get(number - 1);
    if (before && number > from && !before.includes(batch.previous)) say('batch.unchained', number - 1);
    if (number === 1 && batch.previous !== '') say('batch.unchained', 0);
    hashes.set(number, [hash, computed]);
    lastBatch = number;

    const places = new Map<string, number>();
    const entries: Json[] = Array.isArray(batch.entries) ? batch.entries : [];
    entries.forEach((entry, place) => void places.set(entry?.id, place));
    let reached = -1;
    for (const { event } of pending) {
      verdict.events += 1;
      const place = places.get(event.id);
      places.delete(event.id);
      if (place === undefined) say('event.inserted', number, event.id);
      else if (sha256(`sekisho audit event 1\n${canonical(event)}`) !== entries[place]?.digest)
        say('event.changed', number, event.id);
      else if (place < reached) say('event.reordered', number, event.id);
      else reached = place;
    }
    for (const id of places.keys()) absent.push({ batch: number, id });
    pending = [];
  }

  function judgeCheckpoint(checkpoint: Json): void {
    const { signature, ...content } = checkpoint;
    const key = keys.get(checkpoint.keyId);
    const expected = lastCheckpoint === undefined ? (from === 1 ? 1 : checkpoint.number) : lastCheckpoint + 1;
    const place = expected === checkpoint.number ? expected : Number(checkpoint.id);
    if (place !== expected) say('checkpoint.missing', expected);
    lastCheckpoint = place;
    if (!key) return void say('checkpoint.unknown_key', place);
    const text = Buffer.from(`sekisho audit checkpoint 1\n${canonical(content)}`);
    const isTrue =
      checkpoint.number === place &&
      typeof signature === 'string' &&
      verify(null, text, key, Buffer.from(signature, 'base64url'));
    if (!isTrue) return void say('checkpoint.forged', place);
    const known = hashes.get(checkpoint.batch);
    if (known && !known.includes(checkpoint.hash)) return void say('checkpoint.contradicted', place);
    pruned = Math.max(pruned, checkpoint.prunedThrough);
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url');

/** RFC 8785, by rebuilding the value with its keys in order. */
function canonical(value: unknown): string {
  const inOrder = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(inOrder);
    if (part === null || typeof part !== 'object') return part;
    // A map keeps the order that it was given, also where an object would put numeric keys first.
    return new Map(
      Object.keys(part)
        .sort()
        .map((name) => [name, inOrder((part as Json)[name])]),
    );
  };
  const write = (part: unknown): string => {
    if (part instanceof Map) return `{${[...part].map(([name, member]) => `${write(name)}:${write(member)}`).join()}}`;
    if (Array.isArray(part)) return `[${part.map(write).join()}]`;
    return JSON.stringify(part);
  };
  return write(inOrder(value));
}

if (import.meta.main) {
  const [exported = '', jwks = ''] = process.argv.slice(2);
  const lines = createInterface({ input: createReadStream(exported), crlfDelay: Number.POSITIVE_INFINITY });
  const verdict = await verifyExport(lines, JSON.parse(readFileSync(jwks, 'utf8')));
  for (const problem of verdict.problems) console.log(problem);
  process.exitCode = verdict.problems.length === 0 ? 0 : 1;
}
