/** What the first process and a worker say to each other, as JSON. */
import type { Leaving } from '../../app.ts';
import type { Figures } from '../../metrics/figures.ts';
import type { Others } from '../../metrics/open-metrics.ts';
import type { Failure } from '../failure.ts';
import type { Listening } from '../listening.ts';

export type FromWorker =
  | { readonly kind: 'listens'; readonly listening: Listening }
  /** It could not start, and why, as the command line would have told it. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Somebody reads /metrics here: how do the others stand? */
  | { readonly kind: 'others_wanted'; readonly question: number; readonly own: Figures }
  | { readonly kind: 'figures'; readonly figures: Figures };

export type ToWorker =
  | { readonly kind: 'leave'; readonly leaving: Leaving }
  | { readonly kind: 'figures_wanted' }
  | { readonly kind: 'others'; readonly question: number; readonly others: Others };
