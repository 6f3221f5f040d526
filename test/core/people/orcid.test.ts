import { describe, expect, it } from '@jest/globals';
import { isOrcid } from '../../../src/core/people/orcid.ts';

describe('isOrcid', () => {
  it.each([
    'https://orcid.org/0000-0002-1825-0097',
    'https://orcid.org/0000-0001-5109-3700',
    // Its check digit stands for ten.
    'https://orcid.org/0000-0002-1694-233X',
  ])('accepts %s', (text) => {
    expect(isOrcid(text)).toBe(true);
  });

  it.each([
    ['a digit that is another', 'https://orcid.org/0000-0002-1825-0096'],
    ['two digits in each other’s place', 'https://orcid.org/0000-0002-1852-0097'],
    ['no address', '0000-0002-1825-0097'],
    ['http', 'http://orcid.org/0000-0002-1825-0097'],
    ['another host', 'https://orcid.example/0000-0002-1825-0097'],
    ['more behind it', 'https://orcid.org/0000-0002-1825-0097/works'],
  ])('refuses %s', (_what, text) => {
    expect(isOrcid(text)).toBe(false);
  });
});
