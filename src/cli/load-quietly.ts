/**
 * Loads the serving node without the one line in which oidc-provider, on being loaded, warns of every Node that bears no
 * LTS name. Which Node carries us is decided by `engines` and our tests; an operator could only be unsettled by it, at
 * each start. Whatever else is said meanwhile is heard.
 */
const known = 'oidc-provider WARNING: Unsupported runtime.';

export async function loadQuietly<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes(known)) warn(...said);
  };
  try {
    return await load();
  } finally {
    console.warn = warn;
  }
}
