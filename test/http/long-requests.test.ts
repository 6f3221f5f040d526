/**
 * What is counted of long requests is what is kept, by whatever spelling of an address somebody comes, and nothing that they only
 * claim: else one who sends next to nothing would use up what all behind an address share.
 */
import { randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { beginRequest, openParty, type Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let library: Party;
beforeEach(async () => {
  clock = new FakeClock();
  clock.advance(minutes(5) - (clock.now() % minutes(5)));
  sekisho = await startSekisho({ clock, environment: { SEKISHO__LOGIN__LONGREQUESTS__ADDRESSMIB: '1' } });
  await sekisho.addConnection({ id: 'library' });
  library = await openParty(sekisho, 'library');
});
afterEach(() => sekisho.close());

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Letter by letter, as no browser would send it. */
function send(method: string, path: string, headers: OutgoingHttpHeaders = {}, body = ''): Promise<Answered> {
  const { hostname, port } = new URL(sekisho.issuer);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    sent.on('error', reject);
    // An answer may come before the body that the head has promised.
    sent.write(body);
    if (headers['content-length'] === undefined || headers['content-length'] === body.length) sent.end();
  });
}

const junk = (length: number): string => randomBytes(length / 2).toString('hex');
const asked = async (length: number): Promise<string> =>
  (await beginRequest(library, { state: junk(length) })).url.searchParams.toString();

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const push = (body: string, path = '/oidc/request', headers: OutgoingHttpHeaders = {}): Promise<Answered> =>
  send('POST', path, { ...form, 'content-length': body.length, ...headers }, body);

async function inTurn<T>(times: number, work: () => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  for (let at = 0; at < times; at += 1) done.push(await work());
  return done;
}

describe('an odd spelling of an address that oidc-provider takes for the plain one', () => {
  it('leads nobody past what is counted of pushed requests: a fragment', async () => {
    const statuses = await inTurn(20, async () => (await push(await asked(50_000), '/oidc/request#x')).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('nor of logins that begin: a backslash, where a fragment has it read as a slash', async () => {
    const statuses = await inTurn(90, async () => (await send('GET', `/oidc\\auth?${await asked(12_000)}#x`)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('what is not kept', () => {
  const pushesOn = async () => expect((await push(await asked(6_000))).status).toBe(201);

  it('uses up nothing: a length that is only in the head of a push', async () => {
    await send('POST', '/oidc/request', { ...form, 'content-length': 1024 * 1024 }, 'client_id=library');
    await pushesOn();
  });

  it('uses up nothing: pushes in the name of nobody', async () => {
    const statuses = await inTurn(25, async () => (await push(`client_id=nobody&state=${junk(50_000)}`)).status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    await pushesOn();
  });

  it('uses up nothing: short pushes that do not say how long they are', async () => {
    const chunked = { ...form, 'transfer-encoding': 'chunked' };
    const statuses = await inTurn(25, async () => {
      return (await send('POST', '/oidc/request', chunked, await asked(100))).status;
    });
    expect(new Set(statuses)).toEqual(new Set([201]));
    await pushesOn();
  });
});

describe('a service whose push is refused for it', () => {
  it('is told so in the words of RFC 9126, and when to come again', async () => {
    clock.advance(minutes(1));
    const answers = await inTurn(20, async () => push(await asked(50_000)));
    const { status, headers, text } = answers.at(-1) ?? {};
    expect(status).toBe(429);
    expect(headers?.['retry-after']).toBe('240');
    expect(JSON.parse(text ?? '{}')).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'too much is being asked at the moment; wait five minutes',
    });
    const line = sekisho.log.findLast((written) => written.includes('request.too_many'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ connection: 'library', bound: 'address' });
  });
});

describe('whoever comes back to a posted request after five minutes', () => {
  it('reads that time has run out, and not that the service has made a mistake', async () => {
    const posted = await send('POST', '/oidc/auth', form, await asked(100));
    clock.advance(minutes(5));
    const { status, text } = await send('GET', posted.headers.location ?? '', {
      accept: 'text/html',
      'accept-language': 'en',
    });
    expect(status).toBe(410);
    expect(text).toContain('This login has timed out');
  });
});
