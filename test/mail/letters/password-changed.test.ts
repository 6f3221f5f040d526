import { describe, expect, it } from '@jest/globals';
import type { LetterFrame } from '../../../src/mail/letter.ts';
import { letterOf } from '../../../src/mail/letters/letters.ts';
import { sampleMails } from '../sample-mails.ts';

const frame: LetterFrame = { kindLabel: (kind) => kind, deskName: '窓口', dateTime: String };

describe('the mail of a changed password', () => {
  it.each([
    ['self', 'パスワードが変更されました', 'was changed'],
    ['desk', '窓口で設定されました', 'at a help desk'],
    ['key', '有効化キーを使って', 'activation key'],
  ] as const)('says how it was set (%s)', (by, ja, en) => {
    const mail = { ...sampleMails.password_changed, by };
    expect(letterOf(mail, 'ja', frame).lead).toContain(ja);
    expect(letterOf(mail, 'en', frame).lead).toContain(en);
  });
});
