import { describe, expect, it } from '@jest/globals';
import { crowdConnection } from '../../../src/demo/crowd/connections.ts';

const units = [
  { id: 'f-law', name: { ja: '法学部', en: 'Faculty of Law' } },
  { id: 'g-law', name: { ja: '法学研究科', en: 'Graduate School of Law' } },
] as const;
const services = Array.from({ length: 500 }, (_, index) => crowdConnection(units, 'seed', index, 0, 'digest'));

describe('crowdConnection', () => {
  it('gives each an id and a place of its own, the same for the same seed', () => {
    expect(new Set(services.map(({ id }) => id)).size).toBe(500);
    expect(new Set(services.map(({ homeUrl }) => homeUrl)).size).toBe(500);
    expect(crowdConnection(units, 'seed', 7, 0, 'digest')).toEqual(services[7]);
  });

  it('opens one in a hundred to everybody, the others to one unit', () => {
    expect(services.filter(({ audience }) => audience.units === undefined)).toHaveLength(5);
    for (const { audience } of services) expect(audience.units?.length ?? 1).toBe(1);
  });
});
