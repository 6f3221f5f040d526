/** Where this installation answers, and whom it believes about where a request came from. */
import { z } from 'zod';
import { origin } from '../../base/document/fields/web-url.ts';
import { duration } from './fields/duration.ts';
import { network } from './fields/network.ts';
import { serverCertificates } from './server-certificates.ts';

export const server = z
  .strictObject({
    issuer: origin()
      .prefault('http://localhost:3000')
      .describe(
        'The address under which people and services know this installation. Never changed once services are connected.',
      ),
    listen: z
      .strictObject({
        host: z.string().min(1).prefault('127.0.0.1').describe('Address to listen on; 0.0.0.0 in a container.'),
        port: z.int().min(0).max(65_535).prefault(3000).describe('Port to listen on; 0 takes any free one.'),
      })
      .describe('Where the process listens. TLS ends at the proxy in front of it.'),
    workers: z
      .int()
      .min(1)
      .max(64)
      .prefault(1)
      .describe('Processes that serve on this machine behind the one port; at most one for each of its processors.'),
    proxy: z
      .strictObject({
        trusted: z
          .array(network())
          .prefault([])
          .describe(
            'Networks of the proxies whose Forwarded headers are believed. From anybody else they are ignored.',
          ),
      })
      .describe('The reverse proxies in front.'),
    drain: duration({ atLeast: '0s', atMost: '5m' })
      .prefault('5s')
      .describe(
        'Asked to end, it says so at /readyz and goes on serving for this long: the time in which a balancer notices.',
      ),
    metrics: z
      .strictObject({
        allow: z
          .array(network())
          .prefault(['127.0.0.1/32', '::1/128'])
          .describe('Networks from which they are read without a token; never those of visitors.'),
        token: z
          .string()
          .regex(/^[\w.~+/-]{32,}$/)
          .meta({ words: 'a bearer token of 32 or more letters, digits and - . _ ~ + /', confidential: true })
          .exactOptional()
          .describe('Who sends it as a bearer token reads them from anywhere. Best set in the environment.'),
      })
      .describe('Who may read /metrics; to everybody else there is no such page.'),
    certificateOrigin: origin()
      .exactOptional()
      .describe('The origin that asks visitors for a client certificate; another host than the issuer.'),
    certificates: serverCertificates,
  })
  .describe('Where this installation answers.');
