/** MyKULINE: loans and reservations at the university's libraries. */
import { type RelyingPartyOptions, type RunningService, startRelyingParty } from '../relying-party.ts';
import type { ServiceSite } from '../service-site.ts';
import { holdings } from './holdings.ts';
import { mykulineWords } from './mykuline-words.ts';

const mykuline: ServiceSite = {
  id: 'mykuline',
  folder: new URL('./', import.meta.url),
  scope: 'openid profile email affiliation',
  words: mykulineWords,
  pages: [
    { path: '/', title: { ja: '利用状況', en: 'Overview' }, view: 'overview', content: holdings },
    { path: '/loans', title: { ja: '借りている資料', en: 'Loans' }, view: 'loans', content: holdings },
  ],
};

export const startMykuline = (options: RelyingPartyOptions): Promise<RunningService> =>
  startRelyingParty(mykuline, options);
