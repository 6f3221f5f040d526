/** What is behind the link of a warning. */
import type { Locale } from '../../src/base/locale.ts';
import type { SamplePage } from './sample-page.ts';
import { centre, either } from './sample-university.ts';

export function notMePages(locale: Locale): SamplePage[] {
  const path = '/not-me/token';
  const loginName = 'a0123456';
  const at = either(locale, '2026年4月10日(金)17:00', 'Fri 10 April 2026, 17:00');
  return [
    {
      name: 'not-me-confirm',
      view: 'not-me/confirm',
      model: { path, action: path, csrf: 'csrf-value', loginName, warning: 'new_device_sign_in', at },
    },
    { name: 'not-me-done', view: 'not-me/done', model: { path, loginName, desk: centre(locale) } },
    {
      name: 'denied-reported',
      view: 'denied',
      model: { path: '/login/abc', reason: 'suspended', isReported: true, desk: centre(locale), services: [] },
    },
  ];
}
