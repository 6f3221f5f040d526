import { describe, expect, it } from '@jest/globals';
import { KeptAnswers } from '../../../src/demo/services/saml/kept-answers.ts';

const answer = { message: 'm', state: 's' };

describe('a kept answer', () => {
  it('is taken once', () => {
    const answers = new KeptAnswers();
    const handle = answers.keep(answer);
    expect(answers.take(handle)).toMatchObject(answer);
    expect(answers.take(handle)).toBeUndefined();
    expect(answers.take(['x'])).toBeUndefined();
  });

  it('is kept for two minutes', () => {
    let now = 0;
    const answers = new KeptAnswers(() => now);
    const [early, late] = [answers.keep(answer), answers.keep(answer)];
    now = 119_999;
    expect(answers.take(early)).toBeDefined();
    now = 120_000;
    expect(answers.take(late)).toBeUndefined();
  });

  it('makes room for others when there are too many', () => {
    const answers = new KeptAnswers();
    const [first, ...others] = Array.from({ length: 201 }, () => answers.keep(answer));
    expect(answers.take(first)).toBeUndefined();
    expect(others.every((handle) => answers.take(handle) !== undefined)).toBe(true);
  });
});
