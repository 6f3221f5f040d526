/** `/saml/metadata`: what services and federations fetch. The same for everybody, so that whoever lies between may keep it. */
import type Router from '@koa/router';
import type { OwnMetadata } from '../../protocols/saml/metadata/own-metadata.ts';

export function samlMetadataRoutes(router: Router, metadata: OwnMetadata): void {
  router.get('/saml/metadata', async (ctx) => {
    const { xml, tag, maxAge } = await metadata.current();
    ctx.set('Cache-Control', `public, max-age=${maxAge}`);
    ctx.etag = tag;
    ctx.body = xml;
    // The registered type alone (Metadata 4.1.1): the document says by itself how it is encoded.
    ctx.set('Content-Type', 'application/samlmetadata+xml');
    if (ctx.fresh) ctx.status = 304;
  });
}
