/** One mail of each type. */
import type { Mail, MailContent } from '../../src/core/notices/content.ts';

const about = {
  name: { ja: '京都 花子', en: 'Hanako Kyoto' },
  loginName: 'a0123456',
  accountKind: 'ecs',
  at: Date.UTC(2026, 3, 10, 8),
} as const;

const warned = {
  ...about,
  notMe: { token: 'Zt3K-a-token-of-43-characters-0123456789abc', until: Date.UTC(2026, 3, 17, 8) },
} as const;

const asked = {
  code: '48291507',
  expiresAt: Date.UTC(2026, 3, 10, 8, 10),
  service: { ja: '教務情報システム', en: 'KULASIS' },
  device: 'Chrome / Windows',
  at: Date.UTC(2026, 3, 10, 8),
} as const;

export const sampleMails: { readonly [Type in Mail['type']]: Extract<Mail, { readonly type: Type }> } = {
  password_changed: { type: 'password_changed', by: 'self', ...warned },
  account_suspended: { type: 'account_suspended', ...about },
  sign_in_code: { type: 'sign_in_code', ...asked, ...about },
  confirm_address: { type: 'confirm_address', ...asked },
  new_device_sign_in: {
    type: 'new_device_sign_in',
    device: 'Chrome / Windows',
    address: '203.0.113.7',
    service: { ja: '図書館', en: 'Library' },
    ...warned,
  },
  account_locked: { type: 'account_locked', ...about },
  factor_added: { type: 'factor_added', factor: 'mail-code', target: 'h***@example.com', ...warned },
  factor_removed: { type: 'factor_removed', factor: 'totp', ...warned },
  factors_reset: { type: 'factors_reset', ...warned },
  recovery_code_used: { type: 'recovery_code_used', left: 3, ...warned },
  recovery_codes_renewed: { type: 'recovery_codes_renewed', ...warned },
  passkey_reversed: { type: 'passkey_reversed', ...warned },
};

export const mailContent = (changes: Partial<MailContent> = {}): MailContent => ({
  to: 'a0123456@st.kyoto-u.ac.jp',
  locale: 'ja',
  mail: sampleMails.password_changed,
  ...changes,
});
