/** What the log says of requests that were not answered with an assertion: whoever runs this is asked why. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { nameIdFormats } from '../../src/protocols/saml/names.ts';
import type { RequestWishes } from '../protocols/saml/sample-request.ts';
import { acsOf, ask, statusIn } from './saml-party.ts';
import { samlScene } from './saml-scene.ts';

const scene = samlScene();
beforeEach(() => scene.sekisho.addAccount());

const linesOf = (message: string) =>
  scene.sekisho.log.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);

describe('what a refused message said', () => {
  beforeEach(() => scene.connect());

  it('stands in the log for whoever looks for the mistake, and not on our page, where anybody could speak by it', async () => {
    const attributes = { AssertionConsumerServiceURL: `https://kumoi.example/old?${'a'.repeat(1_000)}` };
    const wrong: readonly RequestWishes[] = [
      { issuer: 'https://sp.example/ (call 075-000-0000)' },
      { attributes },
      { destination: 'https://old.example/sso' },
    ];
    for (const wishes of wrong) {
      const page = await ask(scene.sekisho, scene.url(wishes), scene.browser);
      expect(page?.html).not.toMatch(/075-000-0000|kumoi\.example\/old|old\.example/);
    }
    const lines = linesOf('protocol request refused');
    expect(lines.map(({ written }) => written.slice(0, 50))).toEqual([
      'https://sp.example/ (call 075-000-0000)',
      'https://kumoi.example/old?aaaaaaaaaaaaaaaaaaaaaaaa',
      'https://old.example/sso',
    ]);
    expect(lines[1].written.length).toBeLessThan(400);
  });
});

describe('a refusal that travels', () => {
  // The person has none: nobody but us can know why the service does not let them in.
  const saml = { nameIds: ['persistent'], nameIdFrom: 'staffNumber' } as const;
  const place = { url: acsOf('kumoi'), index: 0 };
  const asking = { after: `<samlp:NameIDPolicy Format="${nameIdFormats.persistent}"/>` };

  it.each(['post', 'artifact'] as const)('stands in the log too, for which service and why: by %s', async (binding) => {
    await scene.connect({ saml: { ...saml, consumers: [{ ...place, binding }] } });
    const answered = scene.go(asking);
    if (binding === 'post') expect(statusIn(await answered)).toEqual(['Responder', 'InvalidNameIDPolicy']);
    else await expect(answered).rejects.toThrow('the browser has left');
    expect(linesOf('a service was told a refusal')).toEqual([
      expect.objectContaining({
        connection: 'kumoi',
        reason: 'name_id_refused',
        detail: 'the person has no single value of staffNumber',
      }),
    ]);
  });
});
