import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadQuietly } from '../../src/cli/load-quietly.ts';

const { warn } = console;
let heard: unknown[][] = [];
const listener = (...said: unknown[]): void => void heard.push(said);
beforeEach(() => {
  heard = [];
  console.warn = listener;
});
afterEach(() => {
  console.warn = warn;
});

describe('loadQuietly', () => {
  it('keeps the word about the runtime back, and nothing else', async () => {
    const loaded = await loadQuietly(async () => {
      console.warn('\x1b[31;1moidc-provider WARNING: Unsupported runtime. Use Node.js v22.x LTS.\x1b[0m');
      console.warn('oidc-provider WARNING: something else', 1);
      return 'loaded';
    });
    expect(loaded).toBe('loaded');
    expect(heard).toEqual([['oidc-provider WARNING: something else', 1]]);
  });

  it('leaves the console as it was, also when loading fails', async () => {
    await expect(loadQuietly(() => Promise.reject(new Error('no such module')))).rejects.toThrow('no such module');
    expect(console.warn).toBe(listener);
  });
});
