import { describe, expect, it } from '@jest/globals';
import { leftOutLines, listLeftOut, type RunResult } from './left-out.ts';

const file = (testFilePath: string, ...rows: readonly (readonly [status: string, ...titles: string[]])[]) => ({
  testFilePath,
  testResults: rows.map(([status, ...ancestorTitles]) => ({ status, ancestorTitles, title: 'one' })),
});
const run = (...testResults: RunResult['testResults']): RunResult => ({ testResults });

describe('listLeftOut', () => {
  it('finds nothing in a run where every test ran', () => {
    expect(listLeftOut(run(file('a', ['passed', 'suite'], ['failed', 'suite'])))).toEqual([]);
  });

  it('counts per suite and names the need, from whichever title carries it', () => {
    const result = run(
      file('a', ['pending', 'pages [needs chromium]'], ['pending', 'pages [needs chromium]', 'inner']),
    );
    expect(listLeftOut(result)).toEqual([{ need: 'chromium', suite: 'pages', count: 2 }]);
  });

  it('names the file of a test that was only switched off', () => {
    expect(listLeftOut(run(file('a', ['todo', 'suite'], ['passed'])))).toEqual([
      { need: undefined, suite: 'a', count: 1 },
    ]);
  });

  it('keeps suites of one title in two files apart', () => {
    const result = run(
      file('a', ['pending', 'pages [needs chromium]']),
      file('b', ['pending', 'pages [needs chromium]']),
    );
    expect(listLeftOut(result)).toHaveLength(2);
  });
});

describe('leftOutLines', () => {
  it('says nothing when nothing was left out', () => {
    expect(leftOutLines([])).toEqual([]);
  });

  it('groups by what was lacking', () => {
    expect(
      leftOutLines([
        { need: 'chromium', suite: 'pages', count: 2 },
        { need: 'xmlsec1', suite: 'signatures', count: 1 },
        { need: 'chromium', suite: 'log-out', count: 1 },
      ]),
    ).toEqual([
      'Left out of this run:',
      '  for want of chromium:',
      '    pages (2 tests)',
      '    log-out (1 test)',
      '  for want of xmlsec1:',
      '    signatures (1 test)',
    ]);
  });
});
