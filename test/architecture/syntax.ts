/** A file's syntax tree, as far as the rules look into it: code is told from comments and strings that only speak of it. */
import { parseSync } from '@swc/core';

export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Shows every node of the text, outermost first. */
export function visitSyntax(text: string, see: (node: SyntaxNode) => void): void {
  visit(parseSync(text, { syntax: 'typescript', target: 'esnext' }), see);
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

export const listOf = (value: unknown): readonly SyntaxNode[] => (Array.isArray(value) ? value : []);

/** The name, when the node is a plain identifier. */
export const nameOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Identifier' ? String(value.value) : undefined;

/** The names of `a.b.c`; what is no plain name is left out. */
export function chainOf(value: unknown): string[] {
  if (!isNode(value)) return [];
  if (value.type === 'MemberExpression') return [...chainOf(value.object), ...chainOf(value.property)];
  const name = nameOf(value);
  return name === undefined ? [] : [name];
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, see);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) see(value);
    for (const one of Object.values(value)) visit(one, see);
  }
}
