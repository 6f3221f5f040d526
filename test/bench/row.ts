/** What a row of the bench is, and what it found. */

export interface Finding {
  readonly what: string;
  /** As people read it: `812 flows/s`, `187 MiB`. */
  readonly measured: string;
  /** The ceiling or the smaller size that it is held against, in the same words. */
  readonly against?: string;
  /** What the budget is about. Absent where it could not be measured here. */
  readonly value?: number;
  /** Absent where the figure says as much of the machine as of what was measured. */
  readonly budget?: { readonly least: number } | { readonly most: number };
  /** Of the server, per thousand flows. */
  readonly cpuSeconds?: number;
  readonly cpuSecondsAgainst?: number;
  readonly rssMiB?: number;
  /** Everything else that was counted, for the file. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface Row {
  readonly name: string;
  run(say: (line: string) => void): Promise<readonly Finding[]>;
}

export function isKept({ value, budget }: Finding): boolean {
  if (value === undefined || budget === undefined) return true;
  return 'least' in budget ? value >= budget.least : value <= budget.most;
}
