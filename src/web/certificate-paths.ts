/** What is found under the Host of server.certificateOrigin. Everything else there is a foreign host's. */

import { isAliased } from '../protocols/oidc/endpoints.ts';

/** Where a login sends the browser for its certificate; the handle of the attempt follows. */
export const certificatePath = '/certificate/';

export const livesAtCertificateOrigin = (path: string): boolean => path.startsWith(certificatePath) || isAliased(path);
