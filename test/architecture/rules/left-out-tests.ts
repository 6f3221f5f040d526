/**
 * A test that is switched off looks like one that passed. What a machine lacks goes through test/support/needs.ts, which
 * says so at the end of the run; a test that is alone for a moment is not committed.
 */
import type { Rule } from '../source-tree.ts';
import { chainOf, visitSyntax } from '../syntax.ts';

const suites = new Set(['it', 'test', 'describe']);
const switches = new Set(['skip', 'only', 'todo', 'failing']);
const shortForms = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);
const exempt = new Set(['test/support/needs.ts']);
const at = (text: string, path = 'test/core/a.test.ts') => [{ path, text }];

export const leftOutTests: Rule = {
  name: 'no test is switched off or alone, but for what the machine lacks',
  judge: (files) =>
    files
      .filter(({ path }) => path.startsWith('test/') && path.endsWith('.ts') && !exempt.has(path))
      .flatMap(({ path, text }) => switchedOff(text).map((call) => `${path}: ${call}`)),
  refuses: [
    { why: 'a test switched off', files: at("  it.skip('refuses', () => {});") },
    { why: 'a suite switched off', files: at("describe.skip('refuses', () => {});") },
    { why: 'a table switched off', files: at("it.skip.each([1])('refuses', () => {});") },
    { why: 'a test that runs alone', files: at("it.only('refuses', () => {});") },
    { why: 'the short form', files: at("xit('refuses', () => {});") },
    { why: 'a promise', files: at("it.todo('refuses');") },
  ],
  accepts: [
    {
      why: 'tests',
      files: at("describe('it', () => { it('accepts', () => {}); it.each([1])('accepts', () => {}); });"),
    },
    { why: 'the one place that may', files: at("describe.skip('x', () => {});", 'test/support/needs.ts') },
    { why: 'a step of something else', files: at('pages.describe.skip(1);') },
    { why: 'a sentence about it', files: at("it('notices it.only( in a test', () => {});") },
  ],
};

function switchedOff(text: string): string[] {
  const found = new Set<string>();
  visitSyntax(text, (node) => {
    const [first = '', ...rest] = chainOf(node.type === 'MemberExpression' ? node : node.callee);
    if (suites.has(first) && rest.some((name) => switches.has(name))) found.add([first, ...rest].join('.'));
    if (shortForms.has(first)) found.add(first);
  });
  return [...found];
}
