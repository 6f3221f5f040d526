/**
 * The whole configuration. This one schema gives the types, the defaults, the manual (config/reference.md) and the
 * check; each section lies in a file of its own under schema/. Every key says what it means in its description.
 */
import { z } from 'zod';
import type { Partly } from '../base/document/accepted-part.ts';
import { identifier } from '../base/document/fields/identifier.ts';
import { accounts } from './schema/accounts.ts';
import { activation } from './schema/activation.ts';
import { assurance } from './schema/assurance.ts';
import { attributes } from './schema/attributes.ts';
import { audit } from './schema/audit.ts';
import { certificates } from './schema/certificates.ts';
import { desks } from './schema/desks.ts';
import { enrolment } from './schema/enrolment.ts';
import { jobs } from './schema/jobs.ts';
import { keys } from './schema/keys.ts';
import { log } from './schema/log.ts';
import { login } from './schema/login.ts';
import { mail } from './schema/mail.ts';
import { oidc } from './schema/oidc.ts';
import { outgoing } from './schema/outgoing.ts';
import { passkeys } from './schema/passkeys.ts';
import { password } from './schema/password.ts';
import { policy } from './schema/policy.ts';
import { saml } from './schema/saml.ts';
import { server } from './schema/server.ts';
import { session } from './schema/session.ts';
import { store } from './schema/store.ts';
import { terms } from './schema/terms.ts';
import { units } from './schema/units.ts';
import { university } from './schema/university.ts';

export const configSchema = z.strictObject({
  mode: z
    .enum(['production', 'development'])
    .prefault('production')
    .describe('development permits demo data and cheap hashing, and only on a loopback address.'),
  demo: z.boolean().prefault(false).describe('Start with demo people and services whose passwords are known.'),
  server,
  store,
  keys,
  log,
  university,
  accounts,
  units,
  desks,
  mainDesk: identifier().describe('The desk named where no other is meant: a key of desks.'),
  password,
  passkeys,
  certificates,
  activation,
  login,
  enrolment,
  session,
  terms,
  assurance,
  attributes,
  policy,
  oidc,
  saml,
  audit,
  jobs,
  outgoing,
  mail,
});

export type Config = z.output<typeof configSchema>;

/** What the schema accepts of a configuration, when it refuses the rest: the rules judge that much. */
export type AcceptedPart = Partly<Config>;
