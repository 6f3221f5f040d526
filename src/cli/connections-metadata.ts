/** `connections metadata`: our SAML metadata as a document, for a service that does not fetch it. */
import type { Command } from 'commander';
import { isSaml } from '../core/connections/connection.ts';
import { connectionById } from '../core/connections/registry.ts';
import { signedMetadata } from '../protocols/saml/metadata/own-metadata.ts';
import { done } from './report.ts';
import { refusal } from './store-in-files.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'metadata [id]',
  summary: 'print our SAML metadata, for a service that does not fetch it',
  more: `Everybody else fetches it from /saml/metadata. With the id of a connection it is what this service is to know: by the name
that it calls us, and with the certificate that it pins.`,
  json: '{ xml }; refused: { refused: [{ reason, message }] }',
};

export const addConnectionsMetadata = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world, { config, ring }) => {
      const [id] = call.args;
      const connection = id === undefined ? undefined : await connectionById(world, id);
      if (connection && !isSaml(connection))
        return refusal('not_saml', `${connection.id} is connected by OpenID Connect.`);
      const xml = await signedMetadata({ config, world }, ring.current().keys, connection);
      return done([xml], { xml });
    }),
  );
