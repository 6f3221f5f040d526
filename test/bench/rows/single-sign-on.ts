/** OIDC single sign-on of people who are signed in, against oidc-provider alone with its records in memory. */
import { startCeiling, startSekisho } from '../measured.ts';
import { signIn } from '../password-login.ts';
import { inTurn, median, round } from '../round.ts';
import type { Row } from '../row.ts';
import { singleSignOn } from '../single-sign-on.ts';
import { clientSecret, openUniversity, redirectUri } from '../university.ts';

const rounds = 5;
const load = { flows: 2_000, atOnce: 16 };
const people = 20;

export const singleSignOnRow: Row = {
  name: 'single-sign-on',
  async run(say) {
    const university = await openUniversity({ accounts: 1_000, connections: 100 }, say);
    const sekisho = await startSekisho(university.directory);
    const bare = await startCeiling('bare-provider', [clientSecret, redirectUri]);
    const ours = await singleSignOn(sekisho.ready, await signIn(sekisho.ready, university.credentials, people));
    const theirs = await singleSignOn(bare.ready, bare.cookies);
    const pairs = await inTurn(rounds, async () => ({
      sekisho: await round(sekisho, ours, load),
      bare: await round(bare, theirs, load),
    }));
    await Promise.all([sekisho.stop(), bare.stop()]);
    university.close();
    const perSecond = median(pairs.map((pair) => pair.sekisho.flowsPerSecond));
    const ceiling = median(pairs.map((pair) => pair.bare.flowsPerSecond));
    return [
      {
        what: 'OIDC single sign-on (authorize + token, RS256, durable SQLite) against bare oidc-provider in memory',
        measured: `${perSecond.toFixed(0)} flows/s`,
        against: `${ceiling.toFixed(0)} flows/s`,
        value: median(pairs.map((pair) => pair.sekisho.flowsPerSecond / pair.bare.flowsPerSecond)),
        budget: { least: 0.85 },
        cpuSeconds: median(pairs.map((pair) => pair.sekisho.cpuSeconds)),
        cpuSecondsAgainst: median(pairs.map((pair) => pair.bare.cpuSeconds)),
        rssMiB: median(pairs.map((pair) => pair.sekisho.rssMiB)),
        more: { rounds, ...load },
      },
    ];
  },
};
