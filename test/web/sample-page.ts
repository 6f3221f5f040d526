/** A view with a model that belongs to it, under the name by which the preview shows it. */
import type { PageFrame, ViewModels, ViewName } from '../../src/web/views.ts';

export type SamplePage = {
  [V in ViewName]: { readonly name: string; readonly view: V; readonly model: ViewModels[V] & PageFrame };
}[ViewName];
