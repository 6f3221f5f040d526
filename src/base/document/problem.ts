/** What is wrong with a document, said so that its author can find the place and mend it. */

/** The way to a value from the top of the document: keys, and positions in lists. */
export type Path = readonly (string | number)[];

export interface Problem {
  /** `server.listen.port`, `assurance.levels[0].acr`; empty when the whole is meant. */
  readonly path: string;
  readonly message: string;
  /** Where the value was written, as far as is known: `config/kyoto.yaml:12:3`, or the name of an environment variable. */
  readonly position?: string;
}

/** A problem before its place in the file is looked up. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

export const pathText = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');

/** Gives each finding its place. */
export const locateFindings = (
  findings: readonly Finding[],
  positionOf: (path: Path) => string | undefined,
): readonly Problem[] =>
  findings.map(({ path, message }) => {
    const position = positionOf(path);
    return { path: pathText(path), message, ...(position === undefined ? {} : { position }) };
  });

/** One line for a terminal or a log. */
export const problemText = ({ path, message, position }: Problem): string =>
  [path === '' ? message : `${path}: ${message}`, ...(position === undefined ? [] : [`(${position})`])].join(' ');
