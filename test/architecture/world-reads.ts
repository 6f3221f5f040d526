/** Finds in a file's syntax tree where it reads the clock, randomness or the environment. */
import { listOf, nameOf, type SyntaxNode, visitSyntax } from './syntax.ts';

export interface Finding {
  readonly what: 'the clock' | 'randomness' | 'the environment';
  readonly code: string;
}

const randomNames = /^(?:random(?:Bytes|UUID|UUIDv7|Int|Fill|FillSync)|getRandomValues|pseudoRandomBytes|webcrypto)$/;

export function readersIn(text: string): Finding[] {
  const found: Finding[] = [];
  visitSyntax(text, (node) => {
    const finding = findingAt(node);
    if (finding) found.push(finding);
  });
  return found;
}

function findingAt(node: SyntaxNode): Finding | undefined {
  if (node.type === 'MemberExpression') return ofMember(nameOf(node.object), nameOf(node.property));
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && listOf(node.arguments).length === 0)
    return { what: 'the clock', code: 'new Date()' };
  if (node.type === 'CallExpression' && nameOf(node.callee) === 'Date') return { what: 'the clock', code: 'Date()' };
  if (node.type === 'ImportDeclaration') return ofImport(node);
  if (node.type === 'VariableDeclarator' && nameOf(node.init) === 'process' && nameOf(node.id) === undefined)
    return { what: 'the environment', code: 'a part of process' };
  return undefined;
}

function ofMember(object: string | undefined, property: string | undefined): Finding | undefined {
  const code = `${object ?? '…'}.${property ?? '…'}`;
  if (code === 'Date.now') return { what: 'the clock', code };
  if (code === 'Math.random' || (property !== undefined && randomNames.test(property)))
    return { what: 'randomness', code };
  if (code === 'process.env') return { what: 'the environment', code };
  return undefined;
}

function ofImport(node: SyntaxNode): Finding | undefined {
  const source = String((node.source as SyntaxNode).value).replace(/^node:/, '');
  // Imported under another name, `imported` holds the true one.
  const names = listOf(node.specifiers).map((specifier) => nameOf(specifier.imported) ?? nameOf(specifier.local) ?? '');
  const random = names.find((name) => randomNames.test(name));
  if (source === 'crypto' && random !== undefined) return { what: 'randomness', code: random };
  if (source === 'process' && names.includes('env')) return { what: 'the environment', code: "env of 'node:process'" };
  return undefined;
}
