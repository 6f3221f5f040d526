/** What a document may cost before it is known whose it is. */
export interface XmlLimits {
  readonly characters: number;
  readonly elements: number;
  /** Elements within elements. */
  readonly depth: number;
  /** Of one element, declarations of namespaces among them. */
  readonly attributes: number;
}

/** The largest message known here is some 20,000 characters in 200 elements. */
export const messageLimits: XmlLimits = { characters: 64 * 1024, elements: 2_000, depth: 50, attributes: 50 };

/** For a metadata document of a known size; its other bounds stay in proportion. */
export const limitsFor = (characters: number): XmlLimits => ({
  ...messageLimits,
  characters,
  elements: Math.max(messageLimits.elements, Math.ceil(characters / 50)),
});
