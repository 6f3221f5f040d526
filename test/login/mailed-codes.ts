/** The codes that were mailed in a test: read out of the outbox, where they lie sealed until they are sent. */
import type { Mail, MailContent } from '../../src/core/notices/content.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { openContent } from '../../src/core/notices/sealed-content.ts';
import type { Fresh } from '../core/fresh-world.ts';

export type CodeMail = MailContent & { readonly mail: Extract<Mail, { readonly code: string }> };

/** Those that were not yet sent, oldest first. */
export async function owedCodes({
  world,
  masterKey,
}: Pick<Fresh, 'world' | 'masterKey'>): Promise<readonly CodeMail[]> {
  const { records } = await world.store.find(notices, { index: 'byTime', limit: 1000 });
  return records
    .filter(({ content }) => content !== undefined)
    .toSorted((a, b) => a.order - b.order)
    .map((notice) => openContent(masterKey, notice).content as CodeMail)
    .filter(({ mail }) => 'code' in mail);
}

/** The digits that were mailed last; of one instant there is no last. */
export async function lastCode(fresh: Pick<Fresh, 'world' | 'masterKey'>): Promise<string> {
  const code = (await owedCodes(fresh)).at(-1)?.mail.code;
  if (code === undefined) throw new Error('no code was mailed');
  return code;
}

export const otherThan = (digits: string): string => String((Number(digits) + 1) % 10 ** 8).padStart(8, '0');
