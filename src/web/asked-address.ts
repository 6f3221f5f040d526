/** The address that a browser asked for. What it had posted is unsealed and read in its place, and must not stand in our links. */
import type { IncomingMessage } from 'node:http';

const addresses = new WeakMap<IncomingMessage, string>();

/** Before anybody reads something else in its place. */
export const keepAskedAddress = (req: IncomingMessage): void => void addresses.set(req, req.url ?? '/');

export const askedAddress = (req: IncomingMessage): string => addresses.get(req) ?? req.url ?? '/';
