import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until there is an answer; after `seconds` it says what it waited for. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await pause(50);
  }
}
