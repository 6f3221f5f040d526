/** What can go wrong at a service, as a person would tell it. Words are in frame-words.ts, one entry for each kind. */

export type TroubleKind =
  | 'cancelled'
  | 'expired'
  | 'failed'
  | 'fault'
  | 'foreign_request'
  | 'not_found'
  | 'unavailable';

export const troubleStatus: Readonly<Record<TroubleKind, number>> = {
  cancelled: 403,
  expired: 400,
  failed: 502,
  fault: 500,
  foreign_request: 403,
  not_found: 404,
  unavailable: 503,
};

export class Trouble extends Error {
  readonly kind: TroubleKind;
  /** The provider's error code, to be read out at the desk. */
  readonly reference: string | undefined;

  constructor(kind: TroubleKind, cause?: unknown, reference?: string) {
    super(kind, { cause });
    this.name = 'Trouble';
    this.kind = kind;
    // Whatever arrives by URL is shown only if it looks like a code, so that a link cannot put sentences on our page.
    this.reference = reference !== undefined && /^[A-Za-z_]{1,40}$/.test(reference) ? reference : undefined;
  }
}
