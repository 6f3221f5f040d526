/**
 * Documents for property tests: some well-formed and written in all the ways that XML allows, some nearly so. Namespaces,
 * names and values come from small sets, so that collisions are common.
 */
import fc from 'fast-check';

/** Characters on which escaping, line ends, normalization and order depend. */
const piece = fc.constantFrom(
  ...['a', 'Z', ' ', '\n', '\r', '\t', '\r\n', '<', '>', '&', '"', "'", ']]>', '--', '&amp;', 'xmlns:saml="x"'],
  ...['京都', 'é', '\u0085', '\u2028', '\u00a0', '\ufeff', '😀', '\ue000', ' xmlns:samlp="', '<!-- x -->', '%00', '='],
);
export const anyText: fc.Arbitrary<string> = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

const prefixes = ['', 'p', 'q', 'saml', 'Saml', 'é'];
const uris = ['urn:p', 'urn:q', 'urn:é', 'http://a/?b&c="d"', 'urn:oasis:names:tc:SAML:2.0:assertion'];

interface Sketch {
  readonly prefix: string;
  readonly name: string;
  readonly declares: readonly (readonly [string, string])[];
  readonly attributes: readonly (readonly [string, string, string])[];
  readonly content: readonly (Sketch | { readonly text: string; readonly as: 'plain' | 'cdata' | 'comment' })[];
}

const name = fc.constantFrom('a', 'b', 'ID', 'name', '__proto__', 'constructor', 'z.1-2', '京');
const text = fc.record({ text: anyText, as: fc.constantFrom('plain', 'plain', 'cdata', 'comment') });

const { sketch } = fc.letrec<{ sketch: Sketch }>((tie) => ({
  sketch: fc.record({
    prefix: fc.constantFrom(...prefixes),
    name,
    declares: fc.array(fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom('', ...uris)), { maxLength: 3 }),
    attributes: fc.array(fc.tuple(fc.constantFrom('', '', 'xml', ...prefixes), name, anyText), { maxLength: 3 }),
    content: fc.oneof(
      { depthSize: 'small' },
      fc.constant([]),
      fc.array(fc.oneof(text, tie('sketch')), { maxLength: 4 }),
    ) as fc.Arbitrary<Sketch['content']>,
  }),
}));

/** The document that a sketch stands for, with every prefix declared and nothing twice: well-formed. */
export const wellFormed: fc.Arbitrary<string> = fc
  .tuple(sketch, fc.boolean())
  .map(([root, isDeclared]) => `${isDeclared ? '<?xml version="1.0" encoding="utf-8"?>\n' : ''}${draw(root, {})}`);

function draw(node: Sketch, around: Readonly<Record<string, string>>): string {
  const scope: Record<string, string> = { ...around };
  const own = new Map(node.declares.filter(([prefix, uri]) => prefix === '' || uri !== ''));
  for (const needed of [node.prefix, ...node.attributes.map(([prefix]) => prefix)]) {
    if (needed !== '' && needed !== 'xml' && !own.has(needed) && scope[needed] === undefined) own.set(needed, 'urn:p');
  }
  for (const [prefix, uri] of own) scope[prefix] = uri;
  const declarations = [...own].map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${inQuotes(uri)}"`);
  const named = new Map(
    node.attributes.map(([prefix, local, value]) => {
      const written = prefix === '' ? local : `${prefix}:${local}`;
      return [`${prefix === '' ? '' : (scope[prefix] ?? prefix)} ${local}`, ` ${written}  =\n"${inQuotes(value)}"`];
    }),
  );
  const tag = node.prefix === '' ? node.name : `${node.prefix}:${node.name}`;
  const content = node.content.map((child) => ('text' in child ? drawText(child.text, child.as) : draw(child, scope)));
  const start = `<${tag}${[...declarations, ...named.values()].join('')}`;
  return content.length === 0 ? `${start}/>` : `${start} >${content.join('')}</${tag}\n>`;
}

function drawText(value: string, as: 'plain' | 'cdata' | 'comment'): string {
  if (as === 'comment') return `<!--${value.replaceAll('-', '~')}-->`;
  if (as === 'cdata') return `<![CDATA[${value.replaceAll(']]>', ']] >')}]]>`;
  return value.replace(/[&<>]/g, (character) => `&#x${character.codePointAt(0)?.toString(16)};`);
}

const inQuotes = (value: string): string => value.replace(/[&<"]/g, (character) => `&#${character.codePointAt(0)};`);

/** A well-formed document in which something was cut out, doubled or put in. */
export const nearlyWellFormed: fc.Arbitrary<string> = fc
  .tuple(
    wellFormed,
    fc.nat(),
    fc.nat({ max: 12 }),
    fc.constantFrom('', '<', '>', '&', '"', '<!--', ']]>', '/>', ' p:a="1"'),
  )
  .map(([document, at, length, put]) => {
    const from = at % (document.length + 1);
    const cut = document.slice(from, from + length);
    return document.slice(0, from) + (put === '' ? cut + cut : put) + document.slice(from + (put === '' ? 0 : length));
  });

const token = fc.constantFrom(
  ...[
    '<a>',
    '</a>',
    '<a',
    '>',
    '/>',
    '<p:a',
    ' xmlns:p="urn:p"',
    ' xmlns="urn:p"',
    ' xmlns=""',
    ' ID="1"',
    ' p:ID="2"',
  ],
  ...['</p:a>', 'text', '&amp;', '&#x41;', '&#0;', '&#xD800;', '&x;', '<!--', '-->', '--', '<![CDATA[', ']]>', '\r\n'],
  ...[
    '<?xml version="1.0"?>',
    '<?pi?>',
    '<!DOCTYPE a>',
    '<!ENTITY x "y">',
    '\0',
    '\ud800',
    '\ufeff',
    "'",
    '"',
    '=',
    '\t',
  ],
);

/** Marks in any order. */
export const soup: fc.Arbitrary<string> = fc.array(token, { maxLength: 24 }).map((tokens) => tokens.join(''));
