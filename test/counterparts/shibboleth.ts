/**
 * A Shibboleth service provider: its daemon, and its module in Apache. The configuration is the one that comes with it, as an
 * operator fills it in: a name, keys, one identity provider with its metadata. Attribute map and policy are its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, type Need } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { apacheModule, startApache } from './apache.ts';
import { newServiceKey } from './certificate.ts';
import { type Folder, listens, openFolder, type Program, startProgram } from './program.ts';

const module = apacheModule('mod_shib');
const shibd = findProgram('shibd', ['/usr/sbin/shibd']);

export const shibboleth: Need = { ...module, isMet: module.isMet && shibd.isMet };

export interface Shibboleth {
  readonly site: string;
  readonly entityId: string;
  /** What went wrong there, for a test that fails. */
  said(): string;
  end(): Promise<void>;
}

export interface Identity {
  readonly entityId: string;
  readonly metadata: string;
  /** With which the metadata has to be signed, as PEM. */
  readonly certificate: string;
}

/** It would fetch nothing without TLS, and authenticate by it: on loopback there is none, and messages are signed. */
const onLoopback = 'requireConfidentiality="false" requireTransportAuth="false"';

/** Where Debian's package keeps what comes with it. */
const own = '/etc/shibboleth';

export async function startShibboleth(idp: Identity): Promise<Shibboleth> {
  const folder = openFolder();
  const port = await freePort();
  const site = `http://localhost:${port}`;
  const entityId = `${site}/shibboleth`;
  const file = await configure(folder, entityId, idp);
  const environment = {
    SHIBSP_RUNDIR: folder.path,
    SHIBSP_LOGDIR: folder.path,
    SHIBSP_CACHEDIR: folder.path,
  };
  const socket = join(folder.path, 'shibd.sock');
  const daemon = await startProgram(shibd.path, ['-F', '-f', '-c', file, '-p', join(folder.path, 'shibd.pid')], {
    environment,
    isUp: () => listens(socket),
  });
  const programs: Program[] = [daemon];
  const end = async () => {
    await Promise.all(programs.map((one) => one.end()));
    folder.remove();
  };
  try {
    programs.push(await startApache(folder, siteOf(port, file), environment));
  } catch (error) {
    await end();
    throw error;
  }
  return { site, entityId, said: () => readFileSync(join(folder.path, 'shibboleth.log'), 'utf8'), end };
}

const siteOf = (port: number, file: string) => ({
  port,
  module: { name: 'mod_shib', path: module.path },
  lines: `ShibConfig ${file}
ShibCompatValidUser Off
<Location /Shibboleth.sso>
  AuthType None
  Require all granted
</Location>
<Location /secure>
  AuthType shibboleth
  ShibRequestSetting requireSession 1
  Require shib-session
</Location>`,
});

async function configure(folder: Folder, entityId: string, idp: Identity): Promise<string> {
  const { key, certificate } = await newServiceKey();
  folder.write('sp-key.pem', key);
  folder.write('sp-cert.pem', certificate);
  folder.write('idp.xml', idp.metadata);
  folder.write('idp.pem', idp.certificate);
  const log = join(folder.path, 'shibboleth.log');
  folder.write('daemon.logger', loggerOf(`FileAppender\nlog4j.appender.out.fileName=${log}`));
  folder.write('module.logger', loggerOf('ConsoleAppender'));
  return folder.write(
    'shibboleth2.xml',
    `<SPConfig xmlns="urn:mace:shibboleth:3.0:native:sp:config" clockSkew="180">
  <OutOfProcess logger="${folder.path}/daemon.logger"/>
  <InProcess logger="${folder.path}/module.logger"/>
  <UnixListener address="${folder.path}/shibd.sock"/>
  <ApplicationDefaults entityID="${entityId}" REMOTE_USER="eppn subject-id pairwise-id persistent-id" ${onLoopback}>
    <Sessions lifetime="28800" timeout="3600" relayState="ss:mem" checkAddress="false" handlerSSL="false" cookieProps="http"
              redirectLimit="exact">
      <SSO entityID="${idp.entityId}">SAML2</SSO>
      <Logout>SAML2 Local</Logout>
      <Handler type="MetadataGenerator" Location="/Metadata" signing="false"/>
      <Handler type="Session" Location="/Session" showAttributeValues="true"/>
    </Sessions>
    <Errors supportContact="root@localhost"/>
    <MetadataProvider type="XML" validate="true" path="${folder.path}/idp.xml">
      <MetadataFilter type="RequireValidUntil" maxValidityInterval="2419200"/>
      <MetadataFilter type="Signature" certificate="${folder.path}/idp.pem" verifyBackup="false"/>
    </MetadataProvider>
    <AttributeExtractor type="XML" validate="true" reloadChanges="false" path="${own}/attribute-map.xml"/>
    <AttributeFilter type="XML" validate="true" path="${own}/attribute-policy.xml"/>
    <CredentialResolver type="File" use="signing" key="${folder.path}/sp-key.pem" certificate="${folder.path}/sp-cert.pem"/>
    <CredentialResolver type="File" use="encryption" key="${folder.path}/sp-key.pem" certificate="${folder.path}/sp-cert.pem"/>
  </ApplicationDefaults>
  <SecurityPolicyProvider type="XML" validate="true" path="${own}/security-policy.xml"/>
  <ProtocolProvider type="XML" validate="true" reloadChanges="false" path="${own}/protocols.xml"/>
</SPConfig>
`,
  );
}

const loggerOf = (appender: string): string => `log4j.rootCategory=WARN, out
log4j.appender.out=org.apache.log4j.${appender}
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%p %c %x: %m%n
`;
