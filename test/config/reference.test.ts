import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { listKeys } from '../../src/base/document/key-list.ts';
import { renderReference } from '../../src/config/reference.ts';
import { configSchema } from '../../src/config/schema.ts';

describe('renderReference', () => {
  it('equals config/reference.md (npm run generate writes it anew)', () => {
    expect(readFileSync('config/reference.md', 'utf8')).toBe(renderReference());
  });

  it('finds a meaning for every key', () => {
    const keys = listKeys(configSchema);
    expect(keys.length).toBeGreaterThan(60);
    expect(keys.filter(({ meaning }) => meaning === '').map(({ path }) => path)).toEqual([]);
  });

  it('gives words, default, meaning and variable of a key in one row', () => {
    expect(renderReference()).toContain(
      '| `session.absoluteLifetime`<br>`SEKISHO__SESSION__ABSOLUTELIFETIME` | a duration such as 30s, 10m, 12h or 7d, 1m or longer | `12h` | A session ends this long after its login, whatever happens. |',
    );
  });
});
