import { describe, expect, it } from '@jest/globals';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import { limitsFor, messageLimits } from '../../../../src/protocols/saml/xml/limits.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { refusalOf } from '../refused.ts';

const root = (xml: string) => parseXml(xml).root;
const refusal = (xml: string) => refusalOf(() => parseXml(xml));
const saml = `xmlns:saml="${namespaces.assertion}"`;

describe('what is read', () => {
  it('resolves the namespaces of elements and attributes', () => {
    const read = root(`<saml:A ${saml} xmlns="urn:d" ID="1" saml:x="2" xml:lang="ja"><b/><b xmlns=""/></saml:A>`);
    expect(read).toMatchObject({ namespace: namespaces.assertion, name: 'A' });
    expect(read.attributes).toEqual({
      ID: '1',
      [`{${namespaces.assertion}}x`]: '2',
      [`{${namespaces.xml}}lang`]: 'ja',
    });
    expect(read.children.map(({ namespace }) => namespace)).toEqual(['urn:d', '']);
  });

  it.each([
    ['a comment inside', '<a>admin@kyoto-u.ac.jp<!---->.example.org</a>', 'admin@kyoto-u.ac.jp.example.org'],
    ['two comments', '<a><!--x-->one<!--y-->two<!--z--></a>', 'onetwo'],
    ['a CDATA section', '<a>one<![CDATA[<&two]]>three</a>', 'one<&twothree'],
    ['references', '<a>&lt;&#x41;&#66;&amp;&gt;&quot;&apos;&#x1F600;</a>', '<AB&>"\'😀'],
    ['line ends', '<a>one\r\ntwo\rthree&#13;</a>', 'one\ntwo\nthree\r'],
    ['letters that other readers take for line ends', '<a>\u0085\u2028</a>', '\u0085\u2028'],
    ['indentation between children, which is none', '<a>\n  <b/>\n</a>', ''],
    ['an empty CDATA section', '<a><![CDATA[]]></a>', ''],
  ])('is one text, never a part of it: %s', (_, xml, text) => expect(root(xml).text).toBe(text));

  it('makes spaces of white space in a value unless it was written as a reference (XML 1.0, 3.3.3)', () => {
    expect(root('<a b="1\n2\t3\r\n4&#10;5&#9;6"/>').attributes.b).toBe('1 2 3 4\n5\t6');
  });

  it('takes any name for a name', () => {
    const { attributes } = root('<a __proto__="1" constructor="2" 京都="3"/>');
    expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor', '京都']);
  });

  it.each([
    '<a/>',
    '<?xml version="1.0"?><a/>',
    "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<!-- who --><a></a >\n<!-- done -->\n",
    '<a b = "1"\n c=\'"\'/>',
    '<a xmlns:p="urn:p"><p:b xmlns:p="urn:q"/></a>',
    '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
  ])('accepts %s', (xml) => expect(refusal(xml)).toBeUndefined());
});

describe('what is forbidden, although XML has it', () => {
  it.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['entities that double', '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['an external document type', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['a declaration inside', '<a><!ENTITY x "y"></a>'],
    ['a processing instruction before', '<?xml-stylesheet href="a"?><a/>'],
    ['a processing instruction inside', '<a><?php x ?></a>'],
    ['an XML declaration that comes late', ' <?xml version="1.0"?><a/>'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-2022-JP"?><a/>'],
    ['UTF-7', '<?xml version="1.0" encoding="UTF-7"?><a/>'],
    ['NUL', '<a>\0</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['half a surrogate pair', '<a>\ud800</a>'],
    ['what is no character', '<a>\uffff</a>'],
  ])('%s', (_, xml) => expect(refusal(xml)).toBe('xml_forbidden'));
});

describe('what is malformed, and never mended', () => {
  it.each([
    ['nothing', ''],
    ['no element', '<!-- a -->'],
    ['text before', 'x<a/>'],
    ['text after', '<a/>x'],
    ['a reference outside', '&#32;<a/>'],
    ['a CDATA section outside', '<![CDATA[ ]]><a/>'],
    ['a byte order mark in the text', '\ufeff<a/>'],
    ['a second root', '<a/><b/>'],
    ['no end', '<a>'],
    ['another end', '<a></b>'],
    ['another prefix at the end, of the same namespace', '<p:a xmlns:p="u" xmlns:q="u"></q:a>'],
    ['an end with an attribute', '<a></a b="1">'],
    ['overlapping elements', '<a><b></a></b>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute twice, under two prefixes', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ['a declaration twice', '<a xmlns:p="u" xmlns:p="u"/>'],
    ['an attribute without a value', '<a b/>'],
    ['a value without quotes', '<a b=1/>'],
    ['attributes without a space between', '<a b="1"c="2"/>'],
    ['a "<" in a value', '<a b="<"/>'],
    ['a value without its end', '<a b="1/>'],
    ['an element prefix that is not declared', '<p:a/>'],
    ['an attribute prefix that is not declared', '<a p:b="1"/>'],
    ['a prefix that was declared beside', '<a><b xmlns:p="u"/><p:c/></a>'],
    ['two colons', '<a xmlns:p="u"><p:b:c/></a>'],
    ['a name that begins with a digit', '<1a/>'],
    ['a prefix that is taken back', '<a xmlns:p="u"><b xmlns:p=""/></a>'],
    ['xml as something else', '<a xmlns:xml="u"/>'],
    ['something else as xml', '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>'],
    ['xmlns as an element', '<xmlns:a/>'],
    ['xmlns declared', '<a xmlns:xmlns="u"/>'],
    ['the namespace of declarations', '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a reference without its end', '<a>&amp</a>'],
    ['a lone ampersand', '<a b="1&2"/>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a reference to half a surrogate pair', '<a>&#xD800;</a>'],
    ['a reference to what lies beyond Unicode', '<a>&#x110000;</a>'],
    ['a reference to what no number holds', '<a>&#9999999999;</a>'],
    ['"]]>" in a text', '<a>]]></a>'],
    ['a CDATA section without its end', '<a><![CDATA[x</a>'],
    ['"--" in a comment', '<a><!-- a -- b --></a>'],
    ['a comment that ends in a dash', '<a><!-- a ---></a>'],
    ['another version', '<?xml version="1.1"?><a/>'],
    ['an XML declaration without a version', '<?xml encoding="UTF-8"?><a/>'],
  ])('%s', (_, xml) => expect(refusal(xml)).toBe('xml_malformed'));
});

describe('what is too much', () => {
  const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
  const beside = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
  const attributed = (count: number) => `<a ${Array.from({ length: count }, (_, index) => `b${index}=""`).join(' ')}/>`;
  const long = (length: number) => `<a>${'x'.repeat(length - 7)}</a>`;
  const declaring = (length: number) => `<a xmlns="${'u'.repeat(length)}"/>`;

  it.each([
    ['characters', long, messageLimits.characters],
    ['elements', beside, messageLimits.elements],
    ['elements within elements', nested, messageLimits.depth],
    ['attributes', attributed, messageLimits.attributes],
    ['characters in the name of a namespace', declaring, 256],
  ])('%s: as many as the limit, and not one more', (_, documentOf, most) => {
    expect(refusal(documentOf(most))).toBeUndefined();
    expect(refusal(documentOf(most + 1))).toBe('message_too_large');
  });

  it('is more where the caller expects more', () => {
    const document = long(messageLimits.characters + 1);
    expect(refusalOf(() => parseXml(document, limitsFor(document.length)))).toBeUndefined();
  });
});
