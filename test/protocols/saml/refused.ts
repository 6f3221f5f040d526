import { type RefusalReason, SamlRefusal } from '../../../src/protocols/saml/refusal.ts';

/** Why it was refused; nothing where it was not. Whatever else is thrown goes on, since it would be a crash. */
export function refusalOf(act: () => unknown): RefusalReason | undefined {
  try {
    act();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof SamlRefusal) return thrown.reason;
    throw thrown;
  }
}
