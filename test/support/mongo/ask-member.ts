/** One command to one mongod, past the driver's idea of the set: with a client of its own that is closed again. */
import mongoose from 'mongoose';

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

type Reply = Record<string, unknown>;

export async function askMember(host: string, command: Reply, credentials?: Credentials): Promise<Reply> {
  const client = new mongoose.mongo.MongoClient(`mongodb://${host}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: 1_000,
    connectTimeoutMS: 1_000,
    ...(credentials && { auth: { username: credentials.name, password: credentials.password } }),
  });
  try {
    return await client.db('admin').command(command);
  } finally {
    await client.close();
  }
}

/** `undefined` where nobody answers. */
export async function tryMember(host: string, command: Reply, credentials?: Credentials): Promise<Reply | undefined> {
  try {
    return await askMember(host, command, credentials);
  } catch {
    return undefined;
  }
}
