/** KULASIS: courses, timetable and grades of a student. */
import { type OidcSite, type RelyingPartyOptions, startRelyingParty } from '../oidc/relying-party.ts';
import type { RunningService } from '../start-site.ts';
import { grades } from './grades.ts';
import { kulasisWords } from './kulasis-words.ts';
import { timetable } from './timetable.ts';

const kulasis: OidcSite = {
  id: 'kulasis',
  folder: new URL('./', import.meta.url),
  scope: 'openid profile affiliation',
  words: kulasisWords,
  pages: [
    {
      path: '/',
      title: { ja: '時間割', en: 'Timetable' },
      view: 'timetable',
      content: ({ language }) => timetable(language),
    },
    {
      path: '/grades',
      title: { ja: '成績', en: 'Grades' },
      view: 'grades',
      content: ({ language }) => grades(language),
    },
  ],
};

export const startKulasis = (options: RelyingPartyOptions): Promise<RunningService> =>
  startRelyingParty(kulasis, options);
