import { describe, expect, it } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { ExclusiveCanonicalization } from 'xml-crypto';
import { canonicalize } from '../../../../src/protocols/saml/xml/canonical.ts';
import type { XmlNode } from '../../../../src/protocols/saml/xml/node.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { wellFormed } from './any-xml.ts';

const canonical = (xml: string, inclusive: readonly string[] = []) => canonicalize(parseXml(xml).root, { inclusive });

describe('canonicalize', () => {
  it.each([
    [
      'the examples of Canonical XML 1.0, 3.4',
      `<a b='&#x9;&amp;"' c="A&#xD;&#xA;&#x42;">&#x3e;&#13;</a>`,
      '<a b="&#x9;&amp;&quot;" c="A&#xD;&#xA;B">&gt;&#xD;</a>',
    ],
    ['no comments, no CDATA', '<a><!--x-->1<![CDATA[<]]>2</a>', '<a>1&lt;2</a>'],
    ['no empty tags, no spaces in tags', '<a  ><b\n/></a\n>', '<a><b></b></a>'],
    [
      'namespaces by prefix, attributes by namespace',
      '<b:a z="1" a:y="2" xmlns:b="urn:a" xmlns:a="urn:b" b:x="3" a="4"/>',
      '<b:a xmlns:a="urn:b" xmlns:b="urn:a" a="4" z="1" b:x="3" a:y="2"></b:a>',
    ],
    [
      'capitals before small letters',
      '<p:a xmlns:p="u" xmlns:Q="v" Q:b="1"/>',
      '<p:a xmlns:Q="v" xmlns:p="u" Q:b="1"></p:a>',
    ],
    [
      'only what is used, where it is used',
      '<a xmlns:p="u" xmlns:q="v"><p:b><p:c/></p:b><p:d/></a>',
      '<a><p:b xmlns:p="u"><p:c></p:c></p:b><p:d xmlns:p="u"></p:d></a>',
    ],
    [
      'a default namespace that is undone',
      '<a xmlns="u"><b xmlns=""><c/></b></a>',
      '<a xmlns="u"><b xmlns=""><c></c></b></a>',
    ],
    [
      'a prefix that comes to mean something else',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"/></p:a>',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"></p:b></p:a>',
    ],
    [
      'a namespace whose name needs escaping',
      '<a xmlns="http://a/?b&amp;c=&quot;"/>',
      '<a xmlns="http://a/?b&amp;c=&quot;"></a>',
    ],
    [
      'the order of code points beyond the basic plane',
      '<a xmlns:p="\ue000" xmlns:q="😀" q:a="1" p:b="2"/>',
      '<a xmlns:p="\ue000" xmlns:q="😀" p:b="2" q:a="1"></a>',
    ],
  ])('writes %s', (_, xml, expected) => expect(canonical(xml)).toBe(expected));

  it.each([
    [
      'declared where it is in scope, not where it is used',
      '<a xmlns:p="u"><p:b/></a>',
      ['p'],
      '<a xmlns:p="u"><p:b></p:b></a>',
    ],
    [
      'the default namespace',
      '<p:a xmlns:p="u" xmlns="v"><b/></p:a>',
      [''],
      '<p:a xmlns="v" xmlns:p="u"><b></b></p:a>',
    ],
    ['again where it changes', '<a xmlns:p="u"><b xmlns:p="v"/></a>', ['p'], '<a xmlns:p="u"><b xmlns:p="v"></b></a>'],
    ['not one that nobody declared', '<a/>', ['p'], '<a></a>'],
  ])('writes the prefixes of an InclusiveNamespaces list: %s', (_, xml, inclusive, expected) =>
    expect(canonical(xml, inclusive)).toBe(expected),
  );

  it('takes an element out of its document with what it needs and without what is left out', () => {
    const { root } = parseXml('<a xmlns:p="u" xmlns:q="v"><b p:c="1"><d>x</d>y</b></a>');
    const [b] = root.children as [XmlNode];
    expect(canonicalize(b, { without: b.children[0] as XmlNode, inclusive: ['q'] })).toBe(
      '<b xmlns:p="u" xmlns:q="v" p:c="1">y</b>',
    );
  });

  it('agrees with an independent canonicaliser wherever that one is right', () => {
    fc.assert(
      fc.property(wellFormed.map(withoutTheirErrors), (document) => {
        expect(canonical(document)).toBe(theirs(document));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** xml-crypto sorts prefixes as words of a language and does not escape the names of namespaces. */
const withoutTheirErrors = (document: string): string =>
  document.replaceAll('Saml', 'r').replaceAll('é', 'e').replaceAll('http://a/?b&#38;c=&#34;d&#34;', 'http://a/');

function theirs(document: string): string {
  const stop = (message: string) => {
    throw new Error(message);
  };
  // By its default xmldom takes two letters for line ends, as XML 1.1 did.
  const options = { errorHandler: stop, normalizeLineEndings: (text: string) => text.replace(/\r\n?/g, '\n') };
  const { documentElement } = new DOMParser(options).parseFromString(document, 'text/xml');
  return new ExclusiveCanonicalization().process(documentElement, {});
}
