/**
 * Loaded before a measured program (`--import`): answers the bench's questions, and changes nothing else. In plain
 * JavaScript: Node would load what strips types for it, into a program that is measured without.
 */
import cluster from 'node:cluster';

process.on('message', (asked) => {
  if (asked !== 'usage') return;
  const { user, system } = process.cpuUsage();
  const usage = { cpuSeconds: (user + system) / 1e6, rssMiB: process.memoryUsage.rss() / 2 ** 20 };
  process.send?.({ kind: 'usage', ...usage });
});
// Nobody but the bench is asked: the program ends as it would without. A worker's line to its first process is no concern of ours.
if (cluster.isPrimary) process.channel?.unref();
