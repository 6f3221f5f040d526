import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../src/cli/failure.ts';

describe('a port that another program has', () => {
  it('is told in words, with what to do', async () => {
    const first = createServer();
    await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
    const { port } = first.address() as AddressInfo;
    const second = createServer();
    const error = await new Promise((resolve) => second.once('error', resolve).listen(port, '127.0.0.1'));
    await new Promise((resolve) => first.close(resolve));

    const failure = failureOf(error, 'en', false);
    expect(failure).toMatchObject({
      exitCode: 1,
      report: {
        lines: [
          `Another program listens at this address already (server.address_taken; address: 127.0.0.1; port: ${port})`,
          'Perhaps another Sekisho is running. End it, or choose another port.',
        ],
        json: { error: { code: 'server.address_taken', facts: { port } } },
      },
    });
  });
});
