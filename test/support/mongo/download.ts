/**
 * Run by mongod.ts as a process of its own: prints where mongodb-memory-server keeps its mongod, after downloading one where it has
 * none. A machine without a way out is told so within seconds instead of after the library's minutes of retries.
 */
import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server-core';

const kept = await DryMongoBinary.locateBinary(DryMongoBinary.getEnsuredOptions());
if (kept === undefined) await requireWayOut();
process.stdout.write(`\n${kept ?? (await MongoBinary.getPath())}\n`);

async function requireWayOut(): Promise<void> {
  // A proxy that is configured was meant to be used, and the probe would go past it.
  if (Object.keys(process.env).some((name) => /^https?_proxy$/i.test(name))) return;
  const source =
    process.env.MONGOMS_DOWNLOAD_URL ?? process.env.MONGOMS_DOWNLOAD_MIRROR ?? 'https://fastdl.mongodb.org';
  await fetch(source, { method: 'HEAD', signal: AbortSignal.timeout(5_000) });
}
