/** Contents as they lie in the store: sealed, and bound to their record. */
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { seal, unseal } from '../keys/seal.ts';
import type { NoticeContent } from './content.ts';
import type { Notice } from './notice.ts';

export const sealContent = (key: MasterKey, ids: Ids, id: string, { content }: NoticeContent): string =>
  seal(key, 'notices', ids, id, Buffer.from(JSON.stringify(content)));

/** @throws DomainError `key.unreadable` when it was sealed under another key, or is not there. */
export function openContent(key: MasterKey, { id, kind, content = '' }: Notice): NoticeContent {
  const plain = unseal(key, 'notices', id, content).toString();
  try {
    return { kind, content: JSON.parse(plain) } as NoticeContent;
  } catch (error) {
    if (isDomainError(error)) throw error;
    // Without the cause: its message repeats a part of the text.
    throw new DomainError('key.unreadable', { noticeId: id, reason: 'no JSON' });
  }
}
