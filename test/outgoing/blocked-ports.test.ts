import { describe, expect, it } from '@jest/globals';
import { isBlockedPort } from '../../src/outgoing/blocked-ports.ts';

describe('a port', () => {
  it.each([80, 443, 3000, 8080, 8443])('of HTTP is open: %d', (port) => {
    expect(isBlockedPort(port)).toBe(false);
  });

  it('up to the last one listed is blocked when Node’s own fetch blocks it, and only then', async () => {
    // Fetch judges the port before it dispatches anything: nothing is connected to.
    const dispatcher = {
      dispatch: () => {
        throw new Error('let through');
      },
    };
    const blocks = async (port: number) => {
      const init = { dispatcher } as unknown as RequestInit;
      const error: unknown = await fetch(`http://127.0.0.1:${port}/`, init).catch((failure: Error) => failure.cause);
      return String(error).includes('bad port');
    };
    // Port 0 came to the list later than this fetch knows.
    const ports = Array.from({ length: 10_100 }, (_, index) => index + 1);
    const blocked = await Promise.all(ports.map(async (port) => ((await blocks(port)) ? [port] : [])));
    expect(ports.filter(isBlockedPort)).toEqual(blocked.flat());
    expect(blocked.flat()).toContain(25);
  });
});
