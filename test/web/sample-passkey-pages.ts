/** The pages with a passkey on them: beside the password, as second factor, and making one, with every mistake. */
import type { Locale } from '../../src/base/locale.ts';
import type { EnrolPasskeyView, PasskeyView } from '../../src/web/passkey-views.ts';
import type { PageFrame, PasswordView } from '../../src/web/views.ts';
import type { SamplePage } from './sample-page.ts';
import { form, help, kinds, kulasis, longService } from './sample-university.ts';

export function passkeyPages(locale: Locale): SamplePage[] {
  const here = { path: '/login/abc', ...form, service: kulasis(locale), cancelHref: '/login/abc/cancel' };
  // A challenge of nobody's: a browser that shows this page is not answered by anybody.
  const options = { challenge: 'AAAA', rpId: 'localhost', allowCredentials: [], userVerification: 'required' };
  const password: PasswordView & PageFrame = {
    ...here,
    step: 'password',
    username: '',
    accountKinds: kinds,
    help,
    passkey: { options },
  };
  const passkey: PasskeyView & PageFrame = {
    ...here,
    step: 'passkey',
    because: 'connection',
    hasOtherWays: true,
    options,
  };
  const enrol: EnrolPasskeyView & PageFrame = { ...here, step: 'enrol-passkey', hasOtherKinds: true, options };
  return [
    { name: 'password-or-passkey', view: 'login/password', model: password },
    {
      name: 'password-again-or-passkey',
      view: 'login/password',
      model: { ...password, username: 'a0123456', reauthentication: { loginName: 'a0123456' } },
    },
    {
      name: 'password-unknown-passkey',
      view: 'login/password',
      model: { ...password, error: 'unknown_passkey', passkey: { options, unknown: 'Zm9yZ290dGVu' } },
    },
    { name: 'password-passkey-failed', view: 'login/password', model: { ...password, error: 'failed' } },
    { name: 'password-passkey-reversed', view: 'login/password', model: { ...password, error: 'passkey_reversed' } },
    { name: 'passkey', view: 'login/passkey', model: { ...passkey, error: 'failed' } },
    { name: 'passkey-begins', view: 'login/passkey', model: passkey },
    { name: 'passkey-unknown', view: 'login/passkey', model: { ...passkey, error: 'unknown_passkey' } },
    {
      name: 'passkey-reversed',
      view: 'login/passkey',
      model: { ...passkey, service: longService(locale), error: 'passkey_reversed', hasOtherWays: false },
    },
    { name: 'enrol-passkey', view: 'login/enrol-passkey', model: enrol },
    { name: 'enrol-passkey-failed', view: 'login/enrol-passkey', model: { ...enrol, error: 'failed' } },
    {
      name: 'enrol-passkey-not-accepted',
      view: 'login/enrol-passkey',
      model: { ...enrol, error: 'not_accepted', hasOtherKinds: false },
    },
  ];
}
