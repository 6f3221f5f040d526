/** The authenticator of a person's telephone, played by Chromium itself (DevTools protocol, domain WebAuthn). */
import type { CDPSession, Page } from 'playwright-core';

export interface VirtualAuthenticator {
  /** Whether somebody is there to touch it; until then everything waits. */
  setPresence(isThere: boolean): Promise<void>;
  /** Whether it recognises who touches it. */
  setRecognition(recognises: boolean): Promise<void>;
  /** Names of the passkeys that it holds, in base64url. */
  held(): Promise<readonly string[]>;
  /** As a copy made before the last signatures would have it. */
  turnBackCounters(): Promise<void>;
}

export async function plugIn(page: Page): Promise<VirtualAuthenticator> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const credentials = () => credentialsIn(client, authenticatorId);
  return {
    async setPresence(enabled) {
      await client.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    async setRecognition(isUserVerified) {
      await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async held() {
      return (await credentials()).map(({ credentialId }) => Buffer.from(credentialId, 'base64').toString('base64url'));
    },
    async turnBackCounters() {
      for (const credential of await credentials()) {
        const { credentialId } = credential;
        await client.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
        await client.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } });
      }
    },
  };
}

const credentialsIn = async (client: CDPSession, authenticatorId: string) =>
  (await client.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
