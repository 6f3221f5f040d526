/** Names the product of an authenticator (Web Authentication 3, 6.5.1). */
import { z } from 'zod';
import { notAsDescribed } from '../../../base/document/fields/not-as-described.ts';

export const aaguid = () =>
  z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, notAsDescribed)
    .meta({ words: 'an AAGUID such as 2fc0579f-8113-47ea-b116-bb5a8db9202a' });
