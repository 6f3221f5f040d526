/** By what Microsoft 365 knows an account; told as NameID, so that it has no name as an attribute. */
import type { AttributeDefinition } from '../definition.ts';

export const microsoft365 = {
  immutableId: {
    source: 'immutableId',
    label: { ja: 'Microsoft 365 の利用者識別子', en: 'Microsoft 365 identifier (ImmutableId)' },
  },
} as const satisfies Readonly<Record<string, AttributeDefinition>>;
