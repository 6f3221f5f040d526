import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalize } from '../../../../src/protocols/saml/xml/canonical.ts';
import { isXmlText } from '../../../../src/protocols/saml/xml/escape.ts';
import type { XmlNode } from '../../../../src/protocols/saml/xml/node.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import {
  element,
  type QualifiedName,
  raw,
  write,
  type XmlChild,
  type XmlPiece,
} from '../../../../src/protocols/saml/xml/write.ts';
import { anyText } from './any-xml.ts';

const names: readonly QualifiedName[] = ['saml:A', 'samlp:B', 'ds:C', 'md:D', 'xenc:E', 'saml:F'];
const attributeNames = ['ID', 'Name', 'xml:lang', 'saml:x', 'samlp:x', 'mdui:a', 'Version', 'xenc:x', 'alg:z'];

/** Built in one go, or out of parts that were written before. */
interface Plan {
  readonly name: QualifiedName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Plan | string)[];
  readonly isWrittenBefore: boolean;
}

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    name: fc.constantFrom(...names),
    attributes: fc.dictionary(fc.constantFrom(...attributeNames), anyText, { maxKeys: 4, noNullPrototype: true }),
    children: fc.oneof(
      { depthSize: 'small' },
      fc.constant([]),
      fc.array(fc.oneof(anyText, tie('plan')), { maxLength: 4 }),
    ) as fc.Arbitrary<Plan['children']>,
    isWrittenBefore: fc.boolean(),
  }),
}));

function built({ name, attributes, children, isWrittenBefore }: Plan): XmlPiece {
  const piece = element(
    name,
    attributes,
    children.map((child): XmlChild => (typeof child === 'string' ? child : built(child))),
  );
  return isWrittenBefore ? raw(write(piece)) : piece;
}

const valuesIn = (plan: Plan): string[] => [
  ...Object.values(plan.attributes),
  ...plan.children.flatMap((child) => (typeof child === 'string' ? [] : valuesIn(child))),
];
const valuesRead = (node: XmlNode): string[] => [
  ...Object.values(node.attributes),
  ...node.children.flatMap(valuesRead),
];
const textIn = (plan: Plan): string =>
  plan.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
const textRead = (node: XmlNode): string =>
  node.content.map((piece) => (typeof piece === 'string' ? piece : textRead(piece))).join('');

describe('write', () => {
  it('writes what its canonical form is, and what is read as it was given', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const written = write(built(one));
        const { root } = parseXml(written);
        expect(canonicalize(root)).toBe(written);
        expect(valuesRead(root).toSorted()).toEqual(valuesIn(one).toSorted());
        expect(textRead(root)).toBe(textIn(one));
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves out attributes and children that are undefined', () => {
    expect(write(element('saml:A', { ID: undefined, Name: '' }, [undefined, '']))).toBe(
      '<saml:A xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Name=""></saml:A>',
    );
  });

  it('leaves a text alone that looks like a declaration', () => {
    const text = ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
    const inner = write(element('saml:B', { Name: text }, [text]));
    const { root } = parseXml(write(element('saml:A', {}, [raw(inner)])));
    expect(root.children[0]).toMatchObject({ text, attributes: { Name: text } });
  });

  it.each(['\0', '\u0008', '\ud800', '\uffff'])('refuses what XML cannot carry', (text) => {
    expect(isXmlText(text)).toBe(false);
    expect(() => write(element('saml:A', {}, [text]))).toThrow(RangeError);
    expect(() => write(element('saml:A', { Name: text }))).toThrow(RangeError);
  });

  it('refuses a prefix that stands for nothing', () => {
    expect(() => element('xs:A' as QualifiedName)).toThrow(RangeError);
    expect(() => element('saml:A', { 'xsi:type': 'xs:string' })).toThrow(RangeError);
  });
});
