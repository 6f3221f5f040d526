import { describe, expect, it } from '@jest/globals';
import { roles } from '../../src/core/people/person.ts';
import { attributeWords } from '../../src/i18n/attribute-words.ts';

describe('attributeWords', () => {
  it.each(roles)('says in Japanese what %s means, beside the very value', (role) => {
    const [words] = attributeWords({ source: 'affiliation' }, [role], 'ja');
    expect(words).toMatch(new RegExp(`^[^a-z]+ \\(${role}\\)$`));
  });

  it('leaves a value as it is where it speaks for itself', () => {
    expect(attributeWords({ source: 'affiliation' }, ['student'], 'en')).toEqual(['student']);
    expect(attributeWords({ source: 'scopedAffiliation' }, ['student@kyoto-u.ac.jp'], 'ja')).toEqual([
      'student@kyoto-u.ac.jp',
    ]);
    expect(attributeWords({ source: 'affiliation' }, ['visitor'], 'ja')).toEqual(['visitor']);
    expect(attributeWords({ source: 'affiliation' }, 'student', 'ja')).toBe('student');
  });
});
