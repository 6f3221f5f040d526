import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SamlRefusal } from '../../../../src/protocols/saml/refusal.ts';
import { canonicalize } from '../../../../src/protocols/saml/xml/canonical.ts';
import { messageLimits } from '../../../../src/protocols/saml/xml/limits.ts';
import type { XmlNode } from '../../../../src/protocols/saml/xml/node.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { nearlyWellFormed, soup, wellFormed } from './any-xml.ts';

const reasons = ['xml_malformed', 'xml_forbidden', 'message_too_large'];

function read(document: string): XmlNode | SamlRefusal {
  try {
    return parseXml(document).root;
  } catch (thrown) {
    if (thrown instanceof SamlRefusal) return thrown;
    throw thrown;
  }
}

/** What a reader of the element can see. */
const seen = ({ namespace, name, attributes, text, children }: XmlNode): unknown => [
  namespace,
  name,
  Object.entries(attributes).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  text,
  children.map(seen),
];

/** A hundred thousand in all; they take some seconds. */
const kinds = [
  { kind: 'well-formed', documents: wellFormed, runs: 20_000 },
  { kind: 'nearly well-formed', documents: nearlyWellFormed, runs: 40_000 },
  { kind: 'of marks in any order', documents: soup, runs: 40_000 },
];

describe('any document', () => {
  it.each(kinds)('is refused in a known way, or means the same when it is written and read again: $kind', (one) => {
    let accepted = 0;
    fc.assert(
      fc.property(one.documents, (document) => {
        const root = read(document);
        if (root instanceof SamlRefusal) return reasons.includes(root.reason);
        accepted += 1;
        const written = canonicalize(root);
        const again = read(written);
        if (again instanceof SamlRefusal) return false;
        return canonicalize(again) === written && JSON.stringify(seen(again)) === JSON.stringify(seen(root));
      }),
      { numRuns: one.runs },
    );
    expect(accepted).toBeGreaterThan(0);
    if (one.kind === 'well-formed') expect(accepted).toBe(one.runs);
  });

  it.each([
    ['one name repeated by its canonical form', `<r xmlns:p="${'u'.repeat(256)}">`, '<p:a/>', '</r>'],
    ['references', '<r>', '&#x41;', '</r>'],
    ['attributes that need escaping', '<r>', '<a b="&#9;&#9;&#9;&#9;"/>', '</r>'],
    ['declarations', '<r>', '<a xmlns:p="urn:p" xmlns:q="urn:q"/>', '</r>'],
    ['comments that part a text', '<r>', 'a<!---->', '</r>'],
  ])('becomes no more than fifty times as long, the worst that the limits allow: %s', (_, open, unit, close) => {
    const most = Math.floor((messageLimits.characters - open.length - close.length) / unit.length);
    const count = unit.startsWith('<') ? Math.min(most, messageLimits.elements - 1) : most;
    const document = `${open}${unit.repeat(count)}${close}`;
    expect(canonicalize(parseXml(document).root).length).toBeLessThan(50 * document.length);
  });
});
