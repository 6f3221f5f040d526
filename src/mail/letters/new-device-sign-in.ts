import type { LetterWriter } from '../letter.ts';

export const newDeviceSignIn: LetterWriter<'new_device_sign_in'> = {
  ja: ({ at, loginName, accountKind, device, address, service }, { dateTime, kindLabel, deskName }) => ({
    subject: '新しい端末からログインがありました',
    lead: 'これまで使われていない端末またはブラウザから、あなたのアカウントにログインがありました。',
    facts: [
      { label: 'アカウント', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: '日時', value: dateTime(at) },
      { label: '端末', value: device },
      { label: '接続元', value: address },
      ...(service === undefined ? [] : [{ label: 'サービス', value: service.ja }]),
    ],
    advice: [
      'ご自身によるログインであれば、何もする必要はありません。',
      `心当たりがない場合は、ほかの人に使われているおそれがあります。すぐに${deskName}へご連絡ください。`,
    ],
    link: { label: '窓口のご案内', path: '/help' },
  }),
  en: ({ at, loginName, accountKind, device, address, service }, { dateTime, kindLabel, deskName }) => ({
    subject: 'New device used to log in',
    lead: 'A device or browser that had not been used before logged in to your account.',
    facts: [
      { label: 'Account', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: 'Time', value: dateTime(at) },
      { label: 'Device', value: device },
      { label: 'From', value: address },
      ...(service === undefined ? [] : [{ label: 'Service', value: service.en }]),
    ],
    advice: [
      'If it was you, there is nothing to do.',
      `If it was not, somebody else may be using your account. Contact the ${deskName} at once.`,
    ],
    link: { label: 'Where to get help', path: '/help' },
  }),
};
