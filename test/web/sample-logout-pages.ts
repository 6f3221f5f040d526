/** The page of a log-out: while services are told, when all have said so, and with everything that can become of one. */
import type { Locale } from '../../src/base/locale.ts';
import type { LogoutPart, LogoutRoundView } from '../../src/web/logout-views.ts';
import type { PageFrame } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { kulasis, longService, tiles } from './sample-university.ts';

const path = '/logout/round/abc';

export function logoutPages(locale: Locale): SamplePage[] {
  const view = 'logout/round';
  const [first, long, library] = [kulasis(locale), longService(locale), tiles(locale, 3)[2] ?? kulasis(locale)];
  const model: LogoutRoundView & PageFrame = {
    path,
    parts: [],
    standing: 'under_way',
    frames: [],
    refreshHref: path,
    againAction: `${path}/again`,
    csrf: 'csrf-value',
    loginHref: '/login',
  };
  const part = (service: LogoutPart['service'], state: LogoutPart['state'], more: Partial<LogoutPart> = {}) => ({
    service,
    state,
    ...more,
  });
  const back = { name: first.name, href: `${path}/back`, goesByItself: false };
  return [
    {
      name: 'logout-waiting',
      view,
      model: {
        ...model,
        parts: [part(first, 'waiting'), part(long, 'asked'), part(library, 'waiting')],
        nextHref: `${path}/go/library`,
      },
    },
    {
      name: 'logout-whole',
      view,
      model: {
        ...model,
        standing: 'whole',
        back,
        parts: [part(first, 'asker'), part(long, 'done'), part(library, 'done')],
      },
    },
    {
      name: 'logout-told',
      view,
      model: { ...model, standing: 'told', parts: [part(first, 'done'), part(long, 'silent')] },
    },
    {
      name: 'logout-mixed',
      view,
      model: {
        ...model,
        standing: 'lacking',
        back,
        parts: [
          part(first, 'asker'),
          part(library, 'done'),
          part(long, 'failed', { goHref: `${path}/go/long` }),
          part({ ...library, name: 'KUMOI' }, 'retried', { againId: 'kumoi' }),
          part(long, 'untold'),
          part({ ...first, name: 'PandA' }, 'silent'),
        ],
      },
    },
  ];
}
