import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findInPlaces } from './places.ts';

const folder = mkdtempSync(join(tmpdir(), 'sekisho-places-'));
const named = join(folder, 'named/mongod');
const onPath = join(folder, 'path/mongod');
const brought = join(folder, 'cache/sekisho/mongod-6.0.5/mongod');
const environment = { MONGOMS_SYSTEM_BINARY: named, PATH: join(folder, 'path'), XDG_CACHE_HOME: join(folder, 'cache') };

beforeEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('findInPlaces', () => {
  it.each([
    { there: [named, onPath, brought], taken: named },
    { there: [onPath, brought], taken: onPath },
    { there: [brought], taken: brought },
  ])('takes $taken', ({ there, taken }) => {
    for (const path of there) put(path);
    expect(findInPlaces(environment)).toEqual({ name: 'mongod', isMet: true, path: taken });
  });

  it('finds none on a machine without', () => {
    expect(findInPlaces(environment)).toEqual({ name: 'mongod', isMet: false, path: 'mongod' });
  });
});

function put(path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
}
