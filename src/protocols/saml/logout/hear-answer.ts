/** A service answers our LogoutRequest through the browser. What cannot be believed leaves it at: it has not answered well. */
import { connections, isSaml } from '../../../core/connections/connection.ts';
import { roundByRequest } from '../../../core/sessions/logout-round.ts';
import { handleIn, noteAnswer } from '../../../core/sessions/tell-in-browser.ts';
import { samlPaths } from '../places.ts';
import { SamlRefusal } from '../refusal.ts';
import type { XmlDocument } from '../xml/parse.ts';
import { judgeLogout } from './judge-logout.ts';
import { readLogoutResponse } from './logout-response.ts';
import type { LogoutMeans } from './own-request.ts';

export interface HeardAnswer {
  /** Of the round to which it belongs. */
  readonly handle: string;
  readonly isFramed: boolean;
  /** Why it was not believed. */
  readonly refusal?: SamlRefusal;
}

/** @throws SamlRefusal: an answer to nothing that was asked of late. */
export async function hearAnswer(
  means: LogoutMeans,
  document: XmlDocument,
  signedQuery: string | undefined,
): Promise<HeardAnswer> {
  const { world } = means;
  const { inResponseTo } = readLogoutResponse(document.root);
  const sent = await roundByRequest(world, inResponseTo);
  if (!sent) throw new SamlRefusal('message_invalid', 'the message answers no request of ours');
  const { round, request } = sent;
  const heard = { handle: handleIn(request, inResponseTo), isFramed: request.isFramed };
  try {
    const isDone = await judged(means, document, signedQuery, { connectionId: request.connectionId, inResponseTo });
    await noteAnswer(world, round, request, isDone);
    return heard;
  } catch (refusal) {
    if (!(refusal instanceof SamlRefusal)) throw refusal;
    // Only the service and we know the id that it names: nobody else can say so much as this.
    await noteAnswer(world, round, request, false);
    return { ...heard, refusal };
  }
}

async function judged(
  { world, config }: LogoutMeans,
  document: XmlDocument,
  signedQuery: string | undefined,
  { connectionId, inResponseTo }: { readonly connectionId: string; readonly inResponseTo: string },
): Promise<boolean> {
  const connection = await world.store.get(connections, connectionId);
  if (!connection || !isSaml(connection)) throw new SamlRefusal('sender_unknown', 'the connection is gone');
  const location = `${config.server.issuer}${samlPaths.slo}`;
  const judging = { connection, location, now: world.clock.now(), clockSkew: config.saml.clockSkew };
  const response = judgeLogout(document, readLogoutResponse, signedQuery, judging);
  if (response.inResponseTo !== inResponseTo) {
    throw new SamlRefusal('signature_invalid', 'the signature covers the answer to another message');
  }
  return response.isSuccess;
}
