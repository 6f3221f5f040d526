/** One serving node, from opening the store until it is told to leave: the whole server, or one worker of several. */
import type { Leaving } from '../app.ts';
import type { Log } from '../base/log.ts';
import type { Config } from '../config/schema.ts';
import { issueSetupLink } from '../core/access/setup-link.ts';
import type { Edges } from '../ground.ts';
import type { Figures } from '../metrics/figures.ts';
import type { Crew } from '../metrics/open-metrics.ts';
import { type Listening, listeningOf } from './listening.ts';
import { loadQuietly } from './load-quietly.ts';

/** From whom a node hears, and to whom it speaks. */
export interface Post {
  /** Resolves when it is to leave. */
  readonly left: Promise<Leaving>;
  /** Whether it gives a new installation the link for its first administrator. */
  readonly isFirst: boolean;
  /** Once, when it listens. */
  listens(listening: Listening, figures: () => Promise<Figures>): void;
  readonly crew?: Crew;
}

export async function serveNode(config: Config, edges: Edges, log: Log, post: Post): Promise<void> {
  const { openApp } = await loadQuietly(() => import('../app.ts'));
  const { openGround } = await import('../ground.ts');
  const ground = await openGround(config, edges, log);
  const app = await openApp(ground, log, post.crew).catch(async (error: unknown) => {
    await ground.close();
    throw error;
  });
  try {
    const token = post.isFirst ? await issueSetupLink(ground.world) : undefined;
    post.listens(listeningOf(config.server.issuer, app, token), () => app.figures());
    const leaving = await post.left;
    log.info({ drain: config.server.drain }, leaving === 'ended' ? 'asked to end' : 'another takes its place');
    await app.drain(leaving);
  } finally {
    await app.close();
    log.info('ended');
  }
}
