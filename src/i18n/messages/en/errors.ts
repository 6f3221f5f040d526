/** What a page says for each error code, in English: what happened, and what to do next. No protocol words alone. */
import type { ErrorCode } from '../../../base/errors.ts';
import type { ErrorWords } from '../ja/errors.ts';

export const errors: Readonly<Record<ErrorCode, ErrorWords>> = {
  'account.not_found': {
    title: 'Account not found',
    body: 'There is no such account. Please check the ID.',
  },
  'account.state': {
    title: 'Not possible with this account',
    body: 'The account is in a state that does not allow this. Please ask the desk below.',
  },
  'attempt.foreign_browser': {
    title: 'This login was started in another browser',
    body: 'For your safety, a login can only be continued in the browser where it began. If somebody sent you this link, do not use it. If you started it yourself, please log in again from the service you want to use.',
  },
  'attempt.not_found': {
    title: 'This login has timed out',
    body: 'Nothing happened for a while, so the login was closed. Please start again from the service you want to use. If you came from a bookmark, bookmark the page of the service instead.',
  },
  'attempt.stale': {
    title: 'This login has moved on',
    body: 'You may have used another tab or the Back button, so this page cannot continue. Please start again from the service you want to use.',
  },
  'config.invalid': {
    title: 'Not available at the moment',
    body: 'There is a mistake in the settings of this system. We are sorry. Please tell the desk below.',
  },
  'connection.not_found': {
    title: 'This service is not registered',
    body: 'The service that asked for a login is not registered here. Please check the address and ask the desk of the service. Do not enter your password.',
  },
  'connection.suspended': {
    title: 'Login to this service is suspended',
    body: 'The connection with this service is suspended at present. The desk of the service can tell you when it will be back.',
  },
  'input.invalid': {
    title: 'The input could not be processed',
    body: 'Something in what was sent is not right. Please go back and enter it again.',
  },
  'input.too_large': {
    title: 'Too much was sent',
    body: 'It is larger than can be accepted. Please make it smaller and try again.',
  },
  'key.unreadable': {
    title: 'Not available at the moment',
    body: 'The system is not ready. We are sorry. Please try again later.',
  },
  'person.not_found': {
    title: 'Person not found',
    body: 'There is no such person in the register.',
  },
  'request.forbidden': {
    title: 'You may not open this page',
    body: 'The account you are logged in with cannot use this page. If you need it, please ask the desk below.',
  },
  'request.form_expired': {
    title: 'This page has expired',
    body: 'It was open for too long, or your browser does not accept cookies, so nothing was sent. Please allow cookies and try again from the page before.',
  },
  'request.foreign_host': {
    title: 'Wrong address',
    body: 'This system cannot be used at this address. Please use the address given by the university.',
  },
  'request.method_not_allowed': {
    title: 'This page cannot be opened in this way',
    body: 'The address is not meant to be opened directly. Please start again from the service you want to use.',
  },
  'request.not_found': {
    title: 'Page not found',
    body: 'The page has moved or does not exist. Please check the address.',
  },
  'request.protocol': {
    title: 'The request from the service was not accepted',
    body: 'The service sent a login request that contains a mistake. It is not your mistake. Please go back to the service and try again; if it keeps happening, ask the desk of the service.',
  },
  'request.replayed': {
    title: 'This login is already complete',
    body: 'The same login request came a second time, for example because the page was reloaded or the Back button was used. Please open the service again.',
  },
  'request.looping': {
    title: 'The service keeps sending you back',
    body: 'The service did not take our answer and asked again and again, so we stopped here. Please wait a minute and open the service again. If this goes on, check that your browser accepts cookies, and ask the desk of the service.',
  },
  'request.too_many': {
    title: 'Too much is arriving at the moment',
    body: 'Unusually large login requests keep arriving, so this one was not accepted. You did nothing wrong. Please wait five minutes and open the service again; over another network, such as that of your phone, it may work at once. If this goes on, ask the desk below.',
  },
  'session.not_found': {
    title: 'You are not logged in',
    body: 'You have logged out, or your login has timed out. Please log in again.',
  },
  'server.address_taken': {
    title: 'Another program listens at this address already',
    body: 'Perhaps another Sekisho is running. End it, or choose another port.',
  },
  'not_me.link_expired': {
    title: 'This link cannot be used',
    body: 'A link works once, within 7 days of the mail. If something was done that was not you, contact the desk below at once.',
  },
  'setup.link_expired': {
    title: 'This setup link cannot be used',
    body: 'A link works once, within 30 minutes. Restart the system to get a new one.',
  },
  'store.conflict': {
    title: 'Changed at the same time',
    body: 'Something else changed this record, so nothing was saved. Please check the latest state and try again.',
  },
  'store.duplicate': {
    title: 'Already registered',
    body: 'The same entry exists already, so nothing was registered.',
  },
  'store.forbidden': {
    title: 'The database does not let Sekisho in',
    body: 'Check name, password and authSource in store.url, and give that user the role readWrite on its database. Nothing was changed.',
  },
  'store.half_copied': {
    title: 'The store was copied in part only',
    body: 'A copy into it was begun and has not ended. Run `sekisho store copy` again with the same addresses: it goes on where it stopped.',
  },
  'store.in_use': {
    title: 'The store is in use by another version of Sekisho',
    body: 'End every server and command of the other version that has it open, on this machine and on others, then start again. Nothing was changed.',
  },
  'store.no_primary': {
    title: 'The replica set has no primary',
    body: 'Most of its members must be up and see each other before one is elected: look at rs.status() on the member named here. Sekisho starts once there is one.',
  },
  'store.standalone': {
    title: 'The MongoDB server is no member of a replica set',
    body: 'Sekisho writes to several collections at once, which MongoDB does in replica sets only. Start mongod with --replSet, name the set in store.url (?replicaSet=…) and run `sekisho store initiate` once; one member is enough to try it.',
  },
  'store.too_old': {
    title: 'The MongoDB server is too old',
    body: 'Sekisho works with MongoDB 6.0 and later. Bring the members to a later version one by one (docs/operations.md), then start again. Nothing was changed.',
  },
  'store.unavailable': {
    title: 'Busy at the moment',
    body: 'The records of this system cannot be reached. We are sorry. Please wait a minute and try again.',
  },
  'store.unreachable': {
    title: 'No server of the database answers',
    body: 'Check the host names in store.url, that mongod runs there, and that no firewall stands between. The names that the members have for each other (rs.conf()) must lead there from here too. Nothing was changed.',
  },
  'store.upgrade_failed': {
    title: 'The store could not be brought up to date',
    body: 'It is as it was before, and the version that wrote it can go on with it. Remove the cause named here and start again.',
  },
  'store.version': {
    title: 'Not available at the moment',
    body: 'An update of this system has not finished. We are sorry. Please try again later.',
  },
  'store.wrong_set': {
    title: 'The replica set has another name',
    body: 'Write the name found here into store.url (?replicaSet=…), or check that the host names are those of the set that you mean.',
  },
  internal: {
    title: 'Something went wrong in this system',
    body: 'Your request could not be completed. It is not your mistake, and we are sorry. Please try again; if it keeps happening, read the reference number below to the desk.',
  },
};
