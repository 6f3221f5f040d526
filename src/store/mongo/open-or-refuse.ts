/**
 * Opening waits for an election, and for members that start later than we do. What no waiting mends is told as soon as it shows:
 * an operator should not look at a silent terminal until the deadline.
 */
import { setTimeout } from 'node:timers/promises';
import type { Connection, ConnectOptions } from 'mongoose';
import { lastingRefusal } from './diagnose.ts';

/**
 * Opens, unless that still is under way after `patience` (milliseconds) and a look at the members finds why it will fail.
 * @throws DomainError as `diagnose`; what the driver throws.
 */
export async function openOrRefuse(
  connection: Connection,
  url: string,
  options: ConnectOptions,
  patience: number,
): Promise<void> {
  const over = new AbortController();
  const opening = connection.openUri(url, options);
  try {
    await Promise.race([opening, lookLater(url, patience, over.signal)]);
  } catch (error) {
    // Mongoose would wait for the driver to give up, and only then close.
    await connection.getClient()?.close();
    await opening.catch(() => undefined);
    throw error;
  } finally {
    over.abort();
  }
}

/** Ends only in a refusal. */
const lookLater = (url: string, patience: number, signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const look = async () => {
      await setTimeout(patience, undefined, { signal });
      const refusal = await lastingRefusal(url, patience);
      if (refusal) reject(refusal);
    };
    // A look that fails says nothing about the opening, which goes on.
    look().catch(() => undefined);
  });
