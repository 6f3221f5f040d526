/** What the demonstration sends to a university address is found in that person's mailbox, and in nobody else's. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { universityMail } from '../../src/demo/university-mail.ts';
import { mailContent } from '../mail/sample-mails.ts';
import { type MailboxStage, openMailboxStage } from './mailbox-stage.ts';

let stage: MailboxStage;
beforeEach(async () => {
  stage = await openMailboxStage();
});
afterEach(() => stage.close());

it('is told by the address, however it is written', async () => {
  await stage.send(mailContent());
  const mailsTo = universityMail(stage.mailbox);
  expect(mailsTo('A0123456@st.kyoto-u.ac.jp')).toHaveLength(1);
  expect(mailsTo('a0999999@st.kyoto-u.ac.jp')).toEqual([]);
});

it('keeps subject, sender and links', async () => {
  await stage.send(mailContent());
  const [mail] = universityMail(stage.mailbox)('a0123456@st.kyoto-u.ac.jp');
  expect(mail).toMatchObject({ id: 'demo-1', isReal: true, address: 'no-reply@auth.kyoto-u.ac.jp' });
  expect(mail?.subject.ja).toContain('パスワードが変更されました');
  expect(mail?.body.ja.filter(({ isLink }) => isLink).map(({ text }) => text)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^http:\/\/localhost:3000\/not-me\//)]),
  );
});
