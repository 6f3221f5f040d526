/** One mail of each type. */
import type { Mail, MailContent } from '../../src/core/notices/content.ts';

const about = {
  name: { ja: '京都 花子', en: 'Hanako Kyoto' },
  loginName: 'a0123456',
  accountKind: 'ecs',
  at: Date.UTC(2026, 3, 10, 8),
} as const;

export const sampleMails: { readonly [Type in Mail['type']]: Extract<Mail, { readonly type: Type }> } = {
  password_changed: { type: 'password_changed', by: 'self', ...about },
  account_suspended: { type: 'account_suspended', ...about },
  new_device_sign_in: {
    type: 'new_device_sign_in',
    device: 'Chrome / Windows',
    address: '203.0.113.7',
    service: { ja: '図書館', en: 'Library' },
    ...about,
  },
};

export const mailContent = (changes: Partial<MailContent> = {}): MailContent => ({
  to: 'a0123456@st.kyoto-u.ac.jp',
  locale: 'ja',
  mail: sampleMails.password_changed,
  ...changes,
});
