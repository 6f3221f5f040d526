import { describe, expect, it } from '@jest/globals';
import { openSystemResolver } from '../../src/outgoing/system-resolver.ts';

/** A name server that answers when it is told to. */
function slowServer() {
  const asked: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<readonly string[]>>();
  const resolve = openSystemResolver((name) => {
    asked.push(name);
    const answer = Promise.withResolvers<readonly string[]>();
    answers.set(name, answer);
    return answer.promise;
  });
  return { asked, resolve, answers };
}

describe('the system’s resolver', () => {
  it('answers loopback for a name that every machine knows', async () => {
    const addresses = await openSystemResolver()('localhost');
    expect(addresses.filter((address) => address !== '127.0.0.1' && address !== '::1')).toEqual([]);
    expect(addresses).not.toEqual([]);
  });

  it('asks once for those who want the same name at the same time', async () => {
    const { asked, resolve, answers } = slowServer();
    const both = Promise.all([resolve('a.example'), resolve('a.example')]);
    answers.get('a.example')?.resolve(['192.0.2.1']);
    expect(await both).toEqual([['192.0.2.1'], ['192.0.2.1']]);
    expect(asked).toEqual(['a.example']);
  });

  it('asks anew for who comes later', async () => {
    const { asked, resolve, answers } = slowServer();
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      const answer = resolve('a.example');
      answers.get('a.example')?.resolve([address]);
      expect(await answer).toEqual([address]);
    }
    expect(asked).toEqual(['a.example', 'a.example']);
  });

  it('asks for two names at a time, and for the next when one has failed', async () => {
    const { asked, resolve, answers } = slowServer();
    const [first, second, third] = ['a.example', 'b.example', 'c.example'].map((name) => resolve(name));
    expect(asked).toEqual(['a.example', 'b.example']);
    answers.get('a.example')?.reject(new Error('silent'));
    await expect(first).rejects.toThrow('silent');
    expect(asked).toEqual(['a.example', 'b.example', 'c.example']);
    answers.get('b.example')?.resolve([]);
    answers.get('c.example')?.resolve([]);
    expect(await Promise.all([second, third])).toEqual([[], []]);
  });
});
