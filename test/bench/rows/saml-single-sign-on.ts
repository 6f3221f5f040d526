/** SAML single sign-on of people who are signed in, against the signature alone: RSA-2048 on one thread, nothing else. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { startSekisho } from '../measured.ts';
import { signIn } from '../password-login.ts';
import { inTurn, median, round } from '../round.ts';
import type { Row } from '../row.ts';
import { samlSingleSignOn } from '../saml-single-sign-on.ts';
import { openUniversity } from '../university.ts';

const rounds = 5;
const load = { flows: 2_000, atOnce: 16 };
const people = 20;

export const samlSingleSignOnRow: Row = {
  name: 'saml-single-sign-on',
  async run(say) {
    const university = await openUniversity({ accounts: 1_000, connections: 100 }, say);
    const sekisho = await startSekisho(university.directory);
    const flow = samlSingleSignOn(sekisho.ready, await signIn(sekisho.ready, university.credentials, people));
    const pairs = await inTurn(rounds, async () => ({
      sekisho: await round(sekisho, flow, load),
      signatures: signaturesPerSecond(),
    }));
    await sekisho.stop();
    university.close();
    const perSecond = median(pairs.map((pair) => pair.sekisho.flowsPerSecond));
    const ceiling = median(pairs.map(({ signatures }) => signatures));
    return [
      {
        what: 'SAML single sign-on (AuthnRequest to signed Response, durable SQLite) against RSA-2048 signatures on one thread',
        measured: `${perSecond.toFixed(0)} flows/s`,
        against: `${ceiling.toFixed(0)} signatures/s`,
        value: median(pairs.map((pair) => pair.sekisho.flowsPerSecond / pair.signatures)),
        budget: { least: 0.6 },
        cpuSeconds: median(pairs.map((pair) => pair.sekisho.cpuSeconds)),
        cpuSecondsAgainst: 1000 / ceiling,
        rssMiB: median(pairs.map((pair) => pair.sekisho.rssMiB)),
        more: { rounds, ...load },
      },
    ];
  },
};

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** About as long as a SignedInfo. */
const octets = Buffer.alloc(600, 's');

function signaturesPerSecond(): number {
  const count = 1_500;
  const startedAt = performance.now();
  for (let done = 0; done < count; done += 1) sign('sha256', octets, privateKey);
  return count / ((performance.now() - startedAt) / 1000);
}
