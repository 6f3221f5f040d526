/** What a browser answers for a passkey, as far as it can be relied on before it is verified. */
interface Answered {
  readonly id: string;
  readonly response: object;
}

/** Undefined where it is none at all: the verifier is written for what browsers send, not for what anybody posts. */
export function readPasskeyAnswer<Response extends Answered>(text: string): Response | undefined {
  const answered = parse(text);
  const isAnswer = isObject(answered) && isPasskeyName(answered.id) && isObject(answered.response);
  return isAnswer ? (answered as unknown as Response) : undefined;
}

/** Names are of at most 1,023 bytes (Web Authentication 3, 4 "Credential ID"). */
export const isPasskeyName = (text: unknown): text is string =>
  typeof text === 'string' && /^[\w-]{1,1364}$/.test(text);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
