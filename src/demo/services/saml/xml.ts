/** Reading XML that was verified before, or came from where we asked for it. */
import { DOMParser } from '@xmldom/xmldom';

/** @throws Error for what is not well-formed. */
export function parseXml(text: string): Element {
  const refuse = (problem: string): never => {
    throw new Error(`no XML: ${problem.split('\n')[0]}`);
  };
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  const { documentElement } = new DOMParser({ errorHandler }).parseFromString(text, 'text/xml');
  return documentElement ?? refuse('nothing there');
}

export const elementsIn = (parent: Element, namespace: string, name: string): Element[] =>
  Array.from(parent.getElementsByTagNameNS(namespace, name));

export const textOf = (element: Element | undefined): string => element?.textContent?.trim() ?? '';
