/**
 * Names as the operating system resolves them, hosts file included. Each lookup holds a thread of the pool that hashes
 * passwords, so a service whose name servers are silent must not take them all: one lookup a name, two names at a time.
 */
import { lookup } from 'node:dns/promises';

/** Answers addresses; rejects when there are none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const mostAtOnce = 2;

export function openSystemResolver(ask: Resolve = askSystem): Resolve {
  const underway = new Map<string, Promise<readonly string[]>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn(name: string): Promise<readonly string[]> {
    if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await ask(name);
    } finally {
      underway.delete(name);
      // The place goes to the next in line, or is free.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return (name) => {
    const known = underway.get(name);
    if (known) return known;
    const asked = inTurn(name);
    underway.set(name, asked);
    return asked;
  };
}

async function askSystem(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}
