import { describe, expect, it } from '@jest/globals';
import { locales } from '../../src/base/locale.ts';
import { auditTypes } from '../../src/cli/audit-types.ts';
import type { Actor, AuditEvent, AuditFacts } from '../../src/core/audit/event.ts';
import { type ActivityWords, activityWords, isKeptBack } from '../../src/i18n/activity-words.ts';

const owner: Actor = { kind: 'person', id: 'account-1', address: '192.0.2.17' };

const tell = (facts: AuditFacts, actor = owner, locale: 'ja' | 'en' = 'ja'): ActivityWords | undefined =>
  activityWords(
    { id: 'e', at: 0, actor, facts, type: facts.type, salt: '', batch: 0 } satisfies AuditEvent,
    locale,
    (id) => (id === 'kulasis' ? 'KULASIS' : undefined),
  );

/** As many fields as any event has. */
const anything = {
  accountId: 'account-1',
  connectionId: 'kulasis',
  factors: ['password', 'totp'],
  levels: [],
  kind: 'totp',
  by: 'self',
  reason: 'cancelled',
  cause: 'logout',
};

describe('the words of an activity', () => {
  it.each(auditTypes)('are there for %s, or it is kept back by name', (type) => {
    const told = locales.map((locale) => tell({ ...anything, type } as unknown as AuditFacts, owner, locale));
    for (const words of told) expect(words === undefined).toBe(isKeptBack(type));
  });

  it('name service, factors and address', () => {
    const facts = { accountId: 'account-1', connectionId: 'kulasis', factors: ['password', 'totp'], levels: [] };
    expect(tell({ type: 'login.granted', ...facts })).toEqual({
      text: 'KULASIS にログインしました。',
      isWarning: false,
      details: ['パスワード、ワンタイムパスワード(認証アプリ)', '接続元 192.0.2.17'],
    });
  });

  it('name the device where the event does, and hold for events of old, which do not', () => {
    const facts = { type: 'terms.accepted', accountId: 'account-1', version: '1' } as const;
    expect(tell(facts, { ...owner, device: 'Chrome / Windows' })?.details).toEqual([
      'Chrome / Windows(接続元 192.0.2.17)',
    ]);
    expect(tell(facts, { ...owner, device: 'Chrome / Windows' }, 'en')?.details).toEqual([
      'Chrome / Windows, from 192.0.2.17',
    ]);
    expect(tell(facts)?.details).toEqual(['接続元 192.0.2.17']);
    expect(tell(facts, { kind: 'operator', device: 'Chrome / Windows' })?.details).toEqual(['窓口・管理者による操作']);
  });

  it('say which factor failed, and mark it', () => {
    expect(tell({ type: 'login.failed', accountId: 'a', factor: 'totp' })).toMatchObject({
      text: 'ワンタイムパスワード(認証アプリ)の確認に失敗しました。',
      isWarning: true,
    });
    expect(tell({ type: 'login.failed', accountId: 'a' })).toMatchObject({
      text: 'パスワードが正しくありませんでした。',
    });
  });

  it('say that it was somebody else, without their name or address', () => {
    const operator: Actor = { kind: 'operator', id: 'tanaka', address: '198.51.100.1' };
    const words = tell({ type: 'password.set', accountId: 'a', by: 'operator' }, operator);
    expect(words?.details).toEqual(['窓口・管理者による操作']);
    expect(JSON.stringify(words)).not.toMatch(/tanaka|198\.51/);
  });

  it('hold for a service that is gone, and for a cause that is not known', () => {
    const gone = { accountId: 'a', connectionId: 'gone', factors: [], levels: [] };
    expect(tell({ type: 'login.granted', ...gone })?.text).toBe('登録のなくなったサービスにログインしました。');
    expect(tell({ type: 'session.ended', accountId: 'a', cause: 'unheard-of' })?.text).toBe('ログアウトしました。');
  });

  it('never print the reason that a desk wrote for itself', () => {
    const words = tell({ type: 'account.suspended', accountId: 'a', reason: 'exam fraud' });
    expect(JSON.stringify(words)).not.toContain('exam fraud');
  });
});
