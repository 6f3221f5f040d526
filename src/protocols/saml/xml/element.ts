/** XML as it was read: names resolved, nothing that a signature does not cover mixed in. Read-only. */

export interface XmlElement {
  readonly namespace: string;
  /** Without prefix. */
  readonly name: string;
  /** Attributes without a namespace by their name, others as `{namespace}name`. Declarations of namespaces are none. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, comments left out and never split by them; empty where there are children only. */
  readonly text: string;
}

export const isNamed = (element: XmlElement, namespace: string, name: string): boolean =>
  element.namespace === namespace && element.name === name;

export const childrenNamed = (parent: XmlElement, namespace: string, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => isNamed(child, namespace, name));

/** The first, where the schema allows one at most. */
export const childNamed = (parent: XmlElement, namespace: string, name: string): XmlElement | undefined =>
  parent.children.find((child) => isNamed(child, namespace, name));
