/** KULASIS: courses, timetable and grades of a student. */

import { type RelyingPartyOptions, type RunningService, startRelyingParty } from '../relying-party.ts';
import type { ServiceSite } from '../service-site.ts';
import { grades } from './grades.ts';
import { kulasisWords } from './kulasis-words.ts';
import { timetable } from './timetable.ts';

const kulasis: ServiceSite = {
  id: 'kulasis',
  folder: new URL('./', import.meta.url),
  scope: 'openid profile affiliation',
  words: kulasisWords,
  pages: [
    { path: '/', title: { ja: '時間割', en: 'Timetable' }, view: 'timetable', content: timetable },
    { path: '/grades', title: { ja: '成績', en: 'Grades' }, view: 'grades', content: grades },
  ],
};

export const startKulasis = (options: RelyingPartyOptions): Promise<RunningService> =>
  startRelyingParty(kulasis, options);
