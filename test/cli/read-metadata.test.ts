/** What is believed of metadata by how it came. The network is a fake: what it may reach is the outgoing client's matter. */
import { describe, expect, it } from '@jest/globals';
import { readNamedMetadata } from '../../src/cli/read-metadata.ts';
import type { Outgoing } from '../../src/outgoing/open-outgoing.ts';
import type { Outcome } from '../../src/outgoing/outcome.ts';
import { mellon } from '../protocols/saml/metadata/sample-metadata.ts';

function answering(status: number, text: string): Outcome {
  const body = new TextEncoder().encode(text);
  return { kind: 'answered', answer: { status, headers: new Headers(), body, text: () => text } };
}

async function read(url: string, outcome: Outcome) {
  const asked: string[] = [];
  const outgoing: Outgoing = {
    async request(target) {
      asked.push(String(target));
      return outcome;
    },
  };
  const tree = { connections: [{ saml: { metadata: url } }, { oidc: {} }, null, { saml: 'odd' }] };
  const [found] = (await readNamedMetadata(tree, { outgoing, folder: '.' })).values();
  return { asked, found };
}

describe('metadata by address', () => {
  it('is believed over TLS, and that is told', async () => {
    const { asked, found } = await read('https://sp.example.ac.jp/metadata', answering(200, mellon('')));
    expect(asked).toEqual(['https://sp.example.ac.jp/metadata']);
    expect(found).toMatchObject({ ok: true, trust: 'from https://sp.example.ac.jp/metadata over TLS, not signed' });
  });

  it('is not believed over http, where whoever lies between writes where responses go', async () => {
    const { found } = await read('http://sp.example.ac.jp/metadata', answering(200, mellon('')));
    expect(found).toEqual({
      ok: false,
      problem: 'came over http and is not checked: give an https address, or metadataCertificate',
    });
  });

  it.each([
    ['a status', answering(404, ''), /it answers with status 404$/],
    ['a reason', { kind: 'failed', reason: 'tls' } as const, /its certificate is not accepted$/],
  ])('is told with %s when it cannot be fetched', async (_, outcome, words) => {
    const { found } = await read('https://sp.example.ac.jp/metadata', outcome);
    expect(found).toMatchObject({ ok: false, problem: expect.stringMatching(words) });
  });
});
