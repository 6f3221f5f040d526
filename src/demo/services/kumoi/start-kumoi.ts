/** KUMOI: the students' mail, by SAML. */
import { affiliationName, displayName, jaDisplayName, mailName } from '../saml/read-assertion.ts';
import { type SamlSite, type ServiceProviderOptions, startServiceProvider } from '../saml/service-provider.ts';
import type { RunningService } from '../start-site.ts';
import { inventedMails } from './invented-mails.ts';
import { kumoiWords } from './kumoi-words.ts';
import type { Mail } from './mail.ts';
import { type Boxes, openMail, showFolder } from './show-mails.ts';

export interface KumoiOptions extends ServiceProviderOptions {
  /** What has been sent to an address of the university. */
  readonly mailsTo: (address: string) => readonly Mail[];
}

const kumoi = (boxes: Boxes): SamlSite => ({
  id: 'kumoi',
  folder: new URL('./', import.meta.url),
  words: kumoiWords,
  requestedAttributes: [
    { name: displayName, friendlyName: 'displayName', isRequired: true },
    { name: jaDisplayName, friendlyName: 'jaDisplayName', isRequired: false },
    { name: mailName, friendlyName: 'mail', isRequired: true },
    { name: affiliationName, friendlyName: 'eduPersonAffiliation', isRequired: false },
  ],
  pages: [
    {
      path: '/',
      title: { ja: '受信トレイ', en: 'Inbox' },
      view: 'folder',
      content: (visit) => showFolder(boxes, 'inbox', visit),
    },
    {
      path: '/sent',
      title: { ja: '送信済み', en: 'Sent' },
      view: 'folder',
      content: (visit) => showFolder(boxes, 'sent', visit),
    },
    {
      path: '/junk',
      title: { ja: '迷惑メール', en: 'Junk' },
      view: 'folder',
      content: (visit) => showFolder(boxes, 'junk', visit),
    },
    {
      path: '/mails/:id',
      title: { ja: 'メール', en: 'Mail' },
      view: 'mail',
      under: '/',
      content: (visit) => openMail(boxes, 'inbox', visit),
    },
    {
      path: '/sent/:id',
      title: { ja: '送信済みメール', en: 'Sent mail' },
      view: 'mail',
      under: '/sent',
      content: (visit) => openMail(boxes, 'sent', visit),
    },
  ],
});

export function startKumoi({ mailsTo, ...options }: KumoiOptions): Promise<RunningService> {
  const invented = inventedMails(new Date());
  const boxes: Boxes = {
    inbox: (address) => [...mailsTo(address), ...invented.inbox],
    sent: () => invented.sent,
    junk: () => [],
  };
  return startServiceProvider(kumoi(boxes), options);
}
