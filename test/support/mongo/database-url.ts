/**
 * The connection string of another database of the same set. Several hosts in one URL are beyond what `URL` reads.
 */
export function databaseUrl(set: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(set);
  if (parts === null) throw new Error('MONGODB_URI is no connection string (mongodb://host,host/?replicaSet=name)');
  const [, hosts = '', before = '', query = ''] = parts;
  const settings = new URLSearchParams(query);
  // Whose password it is follows from the database named, unless this says so.
  if (hosts.includes('@') && !settings.has('authSource')) settings.set('authSource', before || 'admin');
  const written = settings.toString();
  return `${hosts}/${database}${written && `?${written}`}`;
}
