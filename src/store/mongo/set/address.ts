/** The connection string taken apart: who is asked, as whom, and how one member is asked without the others. */
import { mongo } from 'mongoose';
import { DomainError } from '../../../base/errors.ts';
import { databaseOf } from '../database-of.ts';

export interface Address {
  readonly hosts: readonly string[];
  readonly set: string;
  readonly database: string;
  /** A client that speaks to this host, whatever it is part of. Nothing is opened before it is used. */
  clientOf(host: string): mongo.MongoClient;
}

/** @throws DomainError `config.invalid`. */
export async function readAddress(url: string, patience: number): Promise<Address> {
  const whole = clientFor(url, patience);
  // The names behind a +srv address are known once it has asked for them, whether or not anybody answers there.
  if (whole.options.srvHost !== undefined) await whole.connect().catch(() => undefined);
  await whole.close();
  const { options } = whole;
  const limits = {
    directConnection: true,
    serverSelectionTimeoutMS: patience,
    connectTimeoutMS: patience,
    socketTimeoutMS: 4 * patience,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    maxPoolSize: 1,
    appName: 'sekisho',
  };
  return {
    hosts: options.hosts.map(String),
    set: options.replicaSet ?? '',
    database: databaseOf(url),
    clientOf: (host) => new mongo.MongoClient(directly(url, host), limits),
  };
}

function clientFor(url: string, patience: number): mongo.MongoClient {
  try {
    return new mongo.MongoClient(url, { serverSelectionTimeoutMS: patience });
  } catch {
    // The driver's own words may repeat the address with its password.
    throw new DomainError('config.invalid', { path: 'store.url' });
  }
}

/** The same user and options, another place. A member that is in no set yet would not answer to the name of one. */
const directly = (url: string, host: string): string =>
  url
    .replace(/^mongodb(?:\+srv)?:\/\/([^/?]*@)?[^/?]+/, (_, user = '') => `mongodb://${user}${host}`)
    .replace(/([?&])(?:replicaSet|directConnection|readPreference)=[^&]*/g, '$1');
