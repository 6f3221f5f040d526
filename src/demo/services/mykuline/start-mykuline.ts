/** MyKULINE: loans and reservations at the university's libraries. */
import { type OidcSite, type RelyingPartyOptions, startRelyingParty } from '../oidc/relying-party.ts';
import type { RunningService } from '../start-site.ts';
import { holdings } from './holdings.ts';
import { mykulineWords } from './mykuline-words.ts';

const mykuline: OidcSite = {
  id: 'mykuline',
  folder: new URL('./', import.meta.url),
  scope: 'openid profile email affiliation',
  words: mykulineWords,
  pages: [
    {
      path: '/',
      title: { ja: '利用状況', en: 'Overview' },
      view: 'overview',
      content: ({ language }) => holdings(language),
    },
    {
      path: '/loans',
      title: { ja: '借りている資料', en: 'Loans' },
      view: 'loans',
      content: ({ language }) => holdings(language),
    },
  ],
};

export const startMykuline = (options: RelyingPartyOptions): Promise<RunningService> =>
  startRelyingParty(mykuline, options);
