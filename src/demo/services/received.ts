/**
 * Everything the provider sent, as rows for the page: each thing by its own name, with its meaning where we know it.
 * Nothing is left out and nothing is improved, because the point of the list is to be believed.
 */
import { formatMoment } from './format-date.ts';
import type { Language, Text } from './language.ts';

/** What came in one piece: claims or attributes, as the protocol calls them. */
export interface ReceivedPart {
  readonly kind: 'userinfo' | 'idToken' | 'attributes' | 'assertion';
  /** A Date is a moment; everything else is shown as it came. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Listed even when they did not come: whether they did is what one looks for. */
  readonly alwaysListed: readonly string[];
  readonly meanings: Readonly<Record<string, Text>>;
  /** What the provider calls them beside their names. */
  readonly friendlyNames?: Readonly<Record<string, string>>;
}

export interface ReceivedRow {
  readonly claim: string;
  readonly meaning: string | undefined;
  readonly friendlyName: string | undefined;
  readonly values: readonly string[];
}

export interface Received {
  readonly kind: ReceivedPart['kind'];
  readonly rows: readonly ReceivedRow[];
}

const answer: Readonly<Record<'yes' | 'no', Text>> = { yes: { ja: 'はい', en: 'Yes' }, no: { ja: 'いいえ', en: 'No' } };

/** What came is listed before what did not. */
export function describeReceived(parts: readonly ReceivedPart[], language: Language): readonly Received[] {
  return parts.map((part) => {
    const { kind, values, alwaysListed } = part;
    const others = Object.keys(values).filter((name) => !alwaysListed.includes(name));
    const rows = [...alwaysListed, ...others].map((name) => rowOf(part, name, language));
    return { kind, rows: rows.sort((a, b) => Number(a.values.length === 0) - Number(b.values.length === 0)) };
  });
}

function rowOf({ values, meanings, friendlyNames }: ReceivedPart, claim: string, language: Language): ReceivedRow {
  // `name#ja-Hani-JP` means what `name` means (OIDC Core 5.2).
  const meaning = (meanings[claim] ?? meanings[claim.split('#')[0] ?? claim])?.[language];
  return { claim, meaning, friendlyName: friendlyNames?.[claim], values: valuesOf(values[claim], language) };
}

function valuesOf(value: unknown, language: Language): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(item, language));
  if (typeof value === 'boolean') return [answer[value ? 'yes' : 'no'][language]];
  if (value instanceof Date) return [formatMoment(value, language)];
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}
