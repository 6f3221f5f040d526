/** What is said once the server listens. */
import type { App } from '../app.ts';

export interface Listening {
  readonly issuer: string;
  readonly host: string;
  readonly port: number;
  readonly setupLink?: string;
}

export const listeningOf = (issuer: string, { address }: App, token: string | undefined): Listening => ({
  issuer,
  host: address.address,
  port: address.port,
  ...(token === undefined ? {} : { setupLink: `${issuer}/setup/${token}` }),
});

export function listeningText({ issuer, host, port, setupLink }: Listening, isJson: boolean, workers: number): string {
  if (isJson) {
    const json = { ok: true, issuer, listening: { host, port }, workers, ...(setupLink ? { setupLink } : {}) };
    return `${JSON.stringify(json)}\n`;
  }
  const crew = workers === 1 ? '' : `, in ${workers} processes`;
  const lines = [`${issuer} listens on ${host}, port ${port}${crew}.`, ...(setupLink ? setupLines(setupLink) : [])];
  return lines.map((line) => `${line}\n`).join('');
}

const setupLines = (link: string): readonly string[] => [
  'There is no administrator yet. Set the password of the first one here (once, within 30 minutes):',
  `  ${link}`,
];
