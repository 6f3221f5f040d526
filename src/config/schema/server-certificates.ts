/** How the certificate that a visitor presents at server.certificateOrigin reaches us: over our own TLS, or in a header. */
import { z } from 'zod';

const file = () => z.string().min(1).meta({ words: 'the path of a file' });

/** RFC 9110, 5.6.2. A name that everybody may send for another purpose would be read as a certificate. */
const headerName = () =>
  z
    .string()
    .regex(/^(?!(?:host|cookie|authorization|forwarded|x-forwarded-.*)$)[\w!#$%&'*+.^`|~-]+$/i)
    .meta({ words: 'the name of a header' });

const listen = z
  .strictObject({
    host: z.string().min(1).prefault('127.0.0.1').describe('Address to listen on; 0.0.0.0 in a container.'),
    port: z.int().min(0).max(65_535).describe('Port to listen on; 0 takes any free one.'),
    key: file().describe('PEM file of the private key of this origin.'),
    certificate: file().describe('PEM file of its certificate, those of the authorities above it behind it.'),
  })
  .exactOptional()
  .describe(
    'Our own TLS listener of that origin, which asks every visitor for a certificate. A proxy in front hands the connection on unopened.',
  );

const header = z
  .strictObject({
    name: headerName().describe('The header, such as Client-Cert. The proxy strips it from what visitors send.'),
    format: z
      .enum(['rfc9440', 'pem-escaped'])
      .describe(
        'rfc9440: DER in base64 between colons. pem-escaped: PEM, percent-encoded, as nginx and Apache write it.',
      ),
  })
  .exactOptional()
  .describe(
    'TLS ends at a proxy in server.proxy.trusted, which writes the certificate into a header. From anybody else that header is never read.',
  );

export const serverCertificates = z
  .strictObject({ listen, header })
  .exactOptional()
  .describe('How client certificates reach us; one of the two.');
