/** `keys certificate`: a certificate of the ring, for a service that is given it by hand. Public, like the metadata. */
import type { Command } from 'commander';
import { readCertificate } from '../core/keys/read-certificate.ts';
import { readKeys } from '../core/keys/ring.ts';
import { done } from './report.ts';
import { isoTime } from './shown-time.ts';
import { refusal } from './store-in-files.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'certificate [id]',
  summary: 'print the certificate of the SAML key, in PEM',
  more: 'Of the key that signs now, or of the one named: `keys list` shows them, the next one too.',
  json: '{ id, state, pem, subject, fingerprint, from, until }; refused: { refused: [{ reason, message }] }',
};

export const addKeysCertificate = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async ({ store }) => {
      const [id] = call.args;
      const keys = await readKeys(store);
      const key = keys.find((one) =>
        id === undefined
          ? one.use === 'saml-signing' && one.algorithm === 'RS256' && one.state === 'active'
          : one.id === id,
      );
      if (!key)
        return refusal(
          'not_found',
          `There is no key ${id ?? 'for SAML'}. \`sekisho keys list\` shows which there are.`,
        );
      const certificate = readCertificate(key);
      if (!certificate) return refusal('no_certificate', `${key.id} has no certificate: only keys for SAML have one.`);
      const { pem, subject, fingerprint, beginsAt, endsAt } = certificate;
      const json = {
        id: key.id,
        state: key.state,
        pem,
        subject,
        fingerprint,
        from: isoTime(beginsAt),
        until: isoTime(endsAt),
      };
      return done([pem.trimEnd()], json);
    }),
  );
