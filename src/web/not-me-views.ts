/** The two pages behind the link of a warning. */
import type { WarningType } from '../core/notices/content.ts';
import type { DeskModel, FormModel } from './view-parts.ts';

/** Posts nothing but the form itself. */
export interface NotMeConfirmView extends FormModel {
  readonly loginName: string;
  readonly warning: WarningType;
  /** In words. */
  readonly at: string;
}

export interface NotMeDoneView {
  readonly loginName: string;
  readonly desk: DeskModel;
}
