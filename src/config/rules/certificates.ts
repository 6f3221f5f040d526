/** Client certificates: how they reach us, whether they can be judged, and whether a rule leads to one account only. */
import { nearest } from '../../base/document/nearest.ts';
import type { Finding } from '../../base/document/problem.ts';
import { writtenName } from '../../core/certificates/distinguished-name.ts';
import type { AcceptedPart } from '../schema.ts';

export function checkCertificates(config: AcceptedPart): readonly Finding[] {
  return [
    ...checkWay(config),
    ...checkListener(config),
    ...checkHeader(config),
    ...checkLists(config),
    ...checkSubjects(config),
  ];
}

const at = (path: readonly (string | number)[], message: string): readonly Finding[] => [{ path: [...path], message }];

/** A section of its own, an origin and a way belong together: each alone would be silent about what is missing. */
function checkWay({ server, certificates }: AcceptedPart): readonly Finding[] {
  const { certificateOrigin, certificates: way } = server ?? {};
  if (certificates !== undefined && certificateOrigin === undefined) {
    return at(
      ['server', 'certificateOrigin'],
      'is needed with certificates: they are asked for at an origin of their own',
    );
  }
  if (way !== undefined && certificateOrigin === undefined) {
    return at(['server', 'certificates'], 'is of no use without server.certificateOrigin');
  }
  if (certificateOrigin !== undefined && way === undefined) {
    return at(['server', 'certificates'], 'is needed with server.certificateOrigin: listen, or the header of a proxy');
  }
  if (way === undefined) return [];
  const isOne = (way.listen === undefined) !== (way.header === undefined);
  return isOne ? [] : at(['server', 'certificates'], 'needs one of listen and header: TLS ends here, or at a proxy');
}

function checkListener({ server }: AcceptedPart): readonly Finding[] {
  const { certificateOrigin, certificates: way, listen } = server ?? {};
  if (way?.listen === undefined) return [];
  const isSame = listen?.port !== 0 && way.listen.port === listen?.port && way.listen.host === listen?.host;
  return [
    ...(certificateOrigin?.startsWith('http:')
      ? at(['server', 'certificateOrigin'], 'must be https: its own listener speaks TLS')
      : []),
    ...(isSame ? at(['server', 'certificates', 'listen', 'port'], 'is that of server.listen') : []),
  ];
}

/** Without a proxy that is named, nobody's header is read, and nobody would ever have a certificate. */
function checkHeader({ server }: AcceptedPart): readonly Finding[] {
  if (server?.certificates?.header === undefined || (server.proxy?.trusted ?? []).length > 0) return [];
  return at(['server', 'proxy', 'trusted'], 'must name the proxy whose server.certificates.header is read');
}

function checkLists({ certificates }: AcceptedPart): readonly Finding[] {
  const { lists = [], whenStale } = certificates?.revocation ?? {};
  const findings = lists.flatMap((list, index) => {
    const isOne = (list?.url === undefined) !== (list?.file === undefined);
    return isOne ? [] : at(['certificates', 'revocation', 'lists', index], 'needs one of url and file');
  });
  if (certificates === undefined || lists.length > 0 || whenStale !== 'refuse') return findings;
  return at(
    ['certificates', 'revocation', 'lists'],
    'names no list, so that every certificate would be refused; name those of the authorities, or write whenStale: accept',
  );
}

function checkSubjects({ certificates, accounts }: AcceptedPart): readonly Finding[] {
  const known = Object.keys(accounts?.kinds ?? {});
  return (certificates?.subjects ?? []).flatMap((rule, index) => {
    const path = ['certificates', 'subjects', index];
    const strangers = (rule?.accountKinds ?? []).flatMap((kind, place) => {
      if (kind === undefined || accounts === undefined || known.includes(kind)) return [];
      const meant = nearest(kind, known);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      return at([...path, 'accountKinds', place], `there is no kind of account ${kind}${hint}`);
    });
    // An authority issues for others too, and somebody there has the same number, or the same name, as somebody here.
    const isBound = rule?.issuer !== undefined || rule?.under !== undefined || rule?.to === 'universityMail';
    const unbound = isBound
      ? []
      : at(path, 'needs under or issuer: the authority may issue a certificate with this name for somebody elsewhere');
    const names = (['issuer', 'under'] as const).flatMap((key) =>
      rule?.[key] === undefined || writtenName(rule[key]) !== undefined
        ? []
        : at([...path, key], 'expected a name such as O=Example University,C=JP (RFC 4514)'),
    );
    return [...strangers, ...unbound, ...names, ...checkPattern(rule?.pattern, path)];
  });
}

/** A group with another name would be looked for in vain, and the whole field compared in its place. */
function checkPattern(pattern: string | undefined, path: readonly (string | number)[]): readonly Finding[] {
  const names = [...(pattern ?? '').matchAll(/\(\?<([A-Za-z]\w*)>/g)].map(([, name]) => name);
  return names.every((name) => name === 'id') && names.length < 2
    ? []
    : at([...path, 'pattern'], 'may have one group with a name, (?<id>…)');
}
