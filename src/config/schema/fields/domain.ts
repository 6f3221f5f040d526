/** A domain name in lower case, such as kyoto-u.ac.jp. */
import { z } from 'zod';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainName = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+${label}$`);

export const domain = () =>
  z.string().regex(domainName).meta({ words: 'a domain name in lower case, such as example.ac.jp' });
