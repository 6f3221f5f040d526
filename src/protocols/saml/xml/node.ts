/** An element as the reader leaves it: what XmlElement tells, and what its canonical form needs besides. Read-only. */
import type { XmlElement } from './element.ts';
import type { Scope } from './scope.ts';

export interface XmlAttribute {
  /** Empty where the name has none. */
  readonly prefix: string;
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

export interface XmlNode extends XmlElement {
  readonly prefix: string;
  readonly children: readonly XmlNode[];
  /** Text and children in their order; no two texts side by side, whatever comments stood between them. */
  readonly content: readonly (string | XmlNode)[];
  /** Declarations of namespaces are none. */
  readonly named: readonly XmlAttribute[];
  /** Which prefix means what here. */
  readonly scope: Scope;
}
