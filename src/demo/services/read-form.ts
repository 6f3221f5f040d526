/** The fields of a form that another server's page or program posted. */
import type Koa from 'koa';

/** @throws Error for what is no form, or larger than any that is meant for us. */
export async function readForm(ctx: Koa.Context, bytesAtMost: number): Promise<URLSearchParams> {
  if (!ctx.is('application/x-www-form-urlencoded')) throw new Error('not a form');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesAtMost) throw new Error('too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
