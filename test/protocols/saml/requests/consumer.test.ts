import { describe, expect, it } from '@jest/globals';
import type { SamlConsumer } from '../../../../src/core/connections/saml-settings.ts';
import { bindings } from '../../../../src/protocols/saml/names.ts';
import { type AskedPlace, chooseConsumer, defaultConsumer } from '../../../../src/protocols/saml/requests/consumer.ts';
import { refusalOf } from '../refused.ts';

const consumers: readonly SamlConsumer[] = [
  { url: 'https://a.example/acs', binding: 'artifact', index: 0, isDefault: false },
  { url: 'https://a.example/acs', binding: 'post', index: 1 },
  { url: 'https://a.example/acs?tenant=b', binding: 'post', index: 5 },
];

describe('chooseConsumer', () => {
  it.each<[string, AskedPlace, number]>([
    ['takes the first that does not say no, where nothing is asked', {}, 1],
    ['takes the index', { consumerIndex: 5 }, 5],
    ['takes the URL, the first of several bindings', { consumerUrl: 'https://a.example/acs' }, 0],
    ['takes URL and binding together', { consumerUrl: 'https://a.example/acs', protocolBinding: bindings.post }, 1],
    ['takes a URL with its query', { consumerUrl: 'https://a.example/acs?tenant=b' }, 5],
    ['takes the default of a binding', { protocolBinding: bindings.artifact }, 0],
  ])('%s', (_rule, asked, index) => {
    expect(chooseConsumer(consumers, asked).index).toBe(index);
  });

  it.each<[string, AskedPlace, string]>([
    ['another host', { consumerUrl: 'https://b.example/acs' }, 'consumer_unknown'],
    ['another query', { consumerUrl: 'https://a.example/acs?tenant=c' }, 'consumer_unknown'],
    ['a path that begins alike', { consumerUrl: 'https://a.example/acs/x' }, 'consumer_unknown'],
    ['another letter', { consumerUrl: 'https://a.example/ACS' }, 'consumer_unknown'],
    ['a port that says the same', { consumerUrl: 'https://a.example:443/acs' }, 'consumer_unknown'],
    ['an index that there is not', { consumerIndex: 2 }, 'consumer_unknown'],
    ['a binding for requests', { protocolBinding: bindings.redirect }, 'binding_unsupported'],
    ['SOAP', { protocolBinding: bindings.soap }, 'binding_unsupported'],
  ])('refuses %s', (_what, asked, reason) => {
    expect(refusalOf(() => chooseConsumer(consumers, asked))).toBe(reason);
  });
});

describe('defaultConsumer', () => {
  const [no, silent] = consumers;
  it('is the one that says so, wherever it stands', () => {
    const yes: SamlConsumer = { url: 'https://a.example/yes', binding: 'post', index: 9, isDefault: true };
    expect(defaultConsumer([...consumers, yes])).toBe(yes);
  });

  it('is the first that does not say no, else the first', () => {
    expect(defaultConsumer(consumers)).toBe(silent);
    expect(defaultConsumer(no ? [no] : [])).toBe(no);
  });
});
