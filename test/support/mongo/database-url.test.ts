import { describe, expect, it } from '@jest/globals';
import { databaseUrl } from './database-url.ts';

describe('databaseUrl', () => {
  it.each([
    ['mongodb://a:1,b:2/?replicaSet=s', 'mongodb://a:1,b:2/trial?replicaSet=s'],
    ['mongodb://a:1,b:2/old?replicaSet=s', 'mongodb://a:1,b:2/trial?replicaSet=s'],
    ['mongodb://a', 'mongodb://a/trial'],
    ['mongodb+srv://cluster.example.ac.jp/', 'mongodb+srv://cluster.example.ac.jp/trial'],
    // Without authSource the password is looked up in the database named: that must not move with the name.
    ['mongodb://u:p@a/old', 'mongodb://u:p@a/trial?authSource=old'],
    ['mongodb://u:p@a/', 'mongodb://u:p@a/trial?authSource=admin'],
    ['mongodb://u:p@a/old?authSource=admin', 'mongodb://u:p@a/trial?authSource=admin'],
  ])('makes of %s another database of the same set', (set, expected) => {
    expect(databaseUrl(set, 'trial')).toBe(expected);
  });

  it('refuses what is no connection string', () => {
    expect(() => databaseUrl('localhost:27017', 'trial')).toThrow('no connection string');
  });
});
