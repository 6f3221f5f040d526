/** The mails that are owed, opened, in the order in which they were owed. */
import type { MasterKey } from '../../../src/core/keys/master-key.ts';
import type { MailContent } from '../../../src/core/notices/content.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { openContent } from '../../../src/core/notices/sealed-content.ts';
import type { Store } from '../../../src/store/port.ts';

export async function owedMails(store: Store, masterKey: MasterKey): Promise<readonly MailContent[]> {
  const { records } = await store.find(notices, { index: 'byTime', limit: 1000 });
  return records
    .toSorted((a, b) => a.order - b.order)
    .filter(({ kind, content }) => kind === 'mail' && content !== undefined)
    .map((notice) => openContent(masterKey, notice).content as MailContent);
}

/** Of the last warning that is owed: the token of its link. */
export async function lastNotMeToken(store: Store, masterKey: MasterKey): Promise<string> {
  const mail = (await owedMails(store, masterKey)).findLast((content) => 'notMe' in content.mail)?.mail;
  if (!mail || !('notMe' in mail)) throw new Error('no warning is owed');
  return mail.notMe.token;
}
