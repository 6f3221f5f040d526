/**
 * What a person with the right answers goes through. A row: session | what the account has | level that the connection
 * requires | request | steps and outcome, with the factors that count and the levels that are true | what a service is told
 * that allows no page. `new`: activated in person, within the window.
 * `passkey, first`: it is used where a password is asked for.
 */
const table = `
none              | nothing            | -   | plain                         | password > granted password = password sfa | login
none              | nothing            | -   | insists on sfa                | password > granted password = password sfa | login
none              | nothing            | -   | insists on mfa                | password > enrolment_closed | login
none              | nothing            | -   | insists on aal2               | password > level_unreachable | login
none              | nothing            | -   | insists on phishing-resistant | password > enrolment_closed | login
none              | nothing            | -   | insists on password           | password > granted password = password sfa | login
none              | nothing            | -   | insists on aal2 or mfa        | password > enrolment_closed | login
none              | nothing            | -   | wishes mfa                    | password > granted password = password sfa | login
none              | nothing            | -   | wishes aal2                   | password > granted password = password sfa | login
none              | nothing            | -   | forces                        | password > granted password = password sfa | login
none              | nothing            | -   | forces, wishes mfa            | password > granted password = password sfa | login
none              | nothing            | mfa | plain                         | password > enrolment_closed | login
none              | nothing            | mfa | insists on aal2               | password > level_unreachable | login
none              | nothing            | mfa | insists on phishing-resistant | password > enrolment_closed | login
none              | nothing            | mfa | wishes aal2                   | password > enrolment_closed | login
none              | nothing            | mfa | forces                        | password > enrolment_closed | login

none              | new                | -   | plain                         | password > granted password = password sfa | login
none              | new                | -   | insists on sfa                | password > granted password = password sfa | login
none              | new                | -   | insists on mfa                | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none              | new                | -   | insists on aal2               | password > level_unreachable | login
none              | new                | -   | insists on phishing-resistant | password > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login
none              | new                | -   | insists on password           | password > granted password = password sfa | login
none              | new                | -   | insists on aal2 or mfa        | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none              | new                | -   | wishes mfa                    | password > granted password = password sfa | login
none              | new                | -   | wishes aal2                   | password > granted password = password sfa | login
none              | new                | -   | forces                        | password > granted password = password sfa | login
none              | new                | -   | forces, wishes mfa            | password > granted password = password sfa | login
none              | new                | mfa | plain                         | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none              | new                | mfa | insists on aal2               | password > level_unreachable | login
none              | new                | mfa | insists on phishing-resistant | password > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login
none              | new                | mfa | wishes aal2                   | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none              | new                | mfa | forces                        | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login

none              | totp               | -   | plain                         | password > granted password = password sfa | login
none              | totp               | -   | insists on sfa                | password > granted password = password sfa | login
none              | totp               | -   | insists on mfa                | password > totp > granted password+totp = password sfa mfa | login
none              | totp               | -   | insists on aal2               | password > level_unreachable | login
none              | totp               | -   | insists on phishing-resistant | password > enrolment_closed | login
none              | totp               | -   | insists on password           | password > granted password = password sfa | login
none              | totp               | -   | insists on aal2 or mfa        | password > totp > granted password+totp = password sfa mfa | login
none              | totp               | -   | wishes mfa                    | password > totp > granted password+totp = password sfa mfa | login
none              | totp               | -   | wishes aal2                   | password > granted password = password sfa | login
none              | totp               | -   | forces                        | password > granted password = password sfa | login
none              | totp               | -   | forces, wishes mfa            | password > totp > granted password+totp = password sfa mfa | login
none              | totp               | mfa | plain                         | password > totp > granted password+totp = password sfa mfa | login
none              | totp               | mfa | insists on aal2               | password > level_unreachable | login
none              | totp               | mfa | insists on phishing-resistant | password > enrolment_closed | login
none              | totp               | mfa | wishes aal2                   | password > totp > granted password+totp = password sfa mfa | login
none              | totp               | mfa | forces                        | password > totp > granted password+totp = password sfa mfa | login

none              | totp+recovery-code | -   | plain                         | password > granted password = password sfa | login
none              | totp+recovery-code | -   | insists on mfa                | password > totp > granted password+totp = password sfa mfa | login
none              | totp+recovery-code | mfa | plain                         | password > totp > granted password+totp = password sfa mfa | login

none              | mail-code          | -   | plain                         | password > granted password = password sfa | login
none              | mail-code          | -   | insists on mfa                | password > mail-code > granted mail-code+password = password sfa mfa | login
none              | mail-code          | -   | insists on aal2               | password > level_unreachable | login
none              | mail-code          | -   | insists on phishing-resistant | password > enrolment_closed | login
none              | mail-code          | -   | wishes mfa                    | password > mail-code > granted mail-code+password = password sfa mfa | login
none              | mail-code          | -   | forces, wishes mfa            | password > mail-code > granted mail-code+password = password sfa mfa | login
none              | mail-code          | mfa | plain                         | password > mail-code > granted mail-code+password = password sfa mfa | login
none              | mail-code          | mfa | insists on aal2               | password > level_unreachable | login
none              | mail-code          | mfa | insists on phishing-resistant | password > enrolment_closed | login

none              | passkey            | -   | plain                         | password > granted password = password sfa | login
none              | passkey            | -   | insists on mfa                | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | -   | insists on aal2               | password > level_unreachable | login
none              | passkey            | -   | insists on phishing-resistant | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | -   | insists on aal2 or mfa        | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | -   | wishes mfa                    | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | -   | forces                        | password > granted password = password sfa | login
none              | passkey            | -   | forces, wishes mfa            | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | mfa | plain                         | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | mfa | insists on aal2               | password > level_unreachable | login
none              | passkey            | mfa | insists on phishing-resistant | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey            | mfa | forces                        | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login

none              | passkey, first     | -   | plain                         | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | -   | insists on mfa                | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | -   | insists on aal2               | password > level_unreachable | login
none              | passkey, first     | -   | insists on phishing-resistant | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | -   | insists on password           | password > password > granted passkey+password = password sfa mfa phishing-resistant | login
none              | passkey, first     | -   | wishes mfa                    | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | -   | forces                        | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | -   | forces, wishes mfa            | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | mfa | plain                         | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | mfa | insists on aal2               | password > level_unreachable | login
none              | passkey, first     | mfa | insists on phishing-resistant | password > granted passkey = sfa mfa phishing-resistant | login
none              | passkey, first     | mfa | forces                        | password > granted passkey = sfa mfa phishing-resistant | login

none              | temporary-pass     | -   | plain                         | password > granted password = password sfa | login
none              | temporary-pass     | -   | insists on mfa                | password > temporary-pass > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none              | temporary-pass     | -   | insists on aal2               | password > level_unreachable | login
none              | temporary-pass     | -   | insists on phishing-resistant | password > temporary-pass > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login
none              | temporary-pass     | -   | wishes mfa                    | password > granted password = password sfa | login
none              | temporary-pass     | -   | forces, wishes mfa            | password > granted password = password sfa | login
none              | temporary-pass     | mfa | plain                         | password > temporary-pass > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none              | temporary-pass     | mfa | insists on aal2               | password > level_unreachable | login
none              | temporary-pass     | mfa | insists on phishing-resistant | password > temporary-pass > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login

none              | recovery-code      | -   | plain                         | password > granted password = password sfa | login
none              | recovery-code      | -   | insists on mfa                | password > recovery-code > recovery-codes-left > granted password+recovery-code = password sfa mfa | login
none              | recovery-code      | -   | insists on aal2               | password > level_unreachable | login
none              | recovery-code      | -   | wishes mfa                    | password > granted password = password sfa | login
none              | recovery-code      | mfa | plain                         | password > recovery-code > recovery-codes-left > granted password+recovery-code = password sfa mfa | login
none              | recovery-code      | mfa | insists on aal2               | password > level_unreachable | login

password          | nothing            | -   | plain                         | granted password = password sfa | granted
password          | nothing            | -   | insists on sfa                | granted password = password sfa | granted
password          | nothing            | -   | insists on mfa                | enrolment_closed | enrolment_closed
password          | nothing            | -   | insists on aal2               | level_unreachable | level_unreachable
password          | nothing            | -   | insists on phishing-resistant | enrolment_closed | enrolment_closed
password          | nothing            | -   | insists on password           | granted password = password sfa | granted
password          | nothing            | -   | insists on aal2 or mfa        | enrolment_closed | enrolment_closed
password          | nothing            | -   | wishes mfa                    | granted password = password sfa | granted
password          | nothing            | -   | wishes aal2                   | granted password = password sfa | granted
password          | nothing            | -   | forces                        | password > granted password = password sfa | login
password          | nothing            | -   | forces, wishes mfa            | password > granted password = password sfa | login
password          | nothing            | mfa | plain                         | enrolment_closed | enrolment_closed
password          | nothing            | mfa | insists on aal2               | level_unreachable | level_unreachable
password          | nothing            | mfa | insists on phishing-resistant | enrolment_closed | enrolment_closed
password          | nothing            | mfa | wishes aal2                   | enrolment_closed | enrolment_closed
password          | nothing            | mfa | forces                        | password > enrolment_closed | login

password          | new                | -   | plain                         | granted password = password sfa | granted
password          | new                | -   | insists on sfa                | granted password = password sfa | granted
password          | new                | -   | insists on mfa                | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password          | new                | -   | insists on aal2               | level_unreachable | level_unreachable
password          | new                | -   | insists on phishing-resistant | password > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login
password          | new                | -   | insists on password           | granted password = password sfa | granted
password          | new                | -   | insists on aal2 or mfa        | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password          | new                | -   | wishes mfa                    | granted password = password sfa | granted
password          | new                | -   | wishes aal2                   | granted password = password sfa | granted
password          | new                | -   | forces                        | password > granted password = password sfa | login
password          | new                | -   | forces, wishes mfa            | password > granted password = password sfa | login
password          | new                | mfa | plain                         | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password          | new                | mfa | insists on aal2               | level_unreachable | level_unreachable
password          | new                | mfa | insists on phishing-resistant | password > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login
password          | new                | mfa | wishes aal2                   | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password          | new                | mfa | forces                        | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login

password          | totp               | -   | plain                         | granted password = password sfa | granted
password          | totp               | -   | insists on sfa                | granted password = password sfa | granted
password          | totp               | -   | insists on mfa                | totp > granted password+totp = password sfa mfa | login
password          | totp               | -   | insists on aal2               | level_unreachable | level_unreachable
password          | totp               | -   | insists on phishing-resistant | enrolment_closed | enrolment_closed
password          | totp               | -   | insists on password           | granted password = password sfa | granted
password          | totp               | -   | insists on aal2 or mfa        | totp > granted password+totp = password sfa mfa | login
password          | totp               | -   | wishes mfa                    | totp > granted password+totp = password sfa mfa | login
password          | totp               | -   | wishes aal2                   | granted password = password sfa | granted
password          | totp               | -   | forces                        | password > granted password = password sfa | login
password          | totp               | -   | forces, wishes mfa            | password > totp > granted password+totp = password sfa mfa | login
password          | totp               | mfa | plain                         | totp > granted password+totp = password sfa mfa | login
password          | totp               | mfa | insists on aal2               | level_unreachable | level_unreachable
password          | totp               | mfa | insists on phishing-resistant | enrolment_closed | enrolment_closed
password          | totp               | mfa | wishes aal2                   | totp > granted password+totp = password sfa mfa | login
password          | totp               | mfa | forces                        | password > totp > granted password+totp = password sfa mfa | login

password          | totp+recovery-code | -   | plain                         | granted password = password sfa | granted
password          | totp+recovery-code | -   | insists on mfa                | totp > granted password+totp = password sfa mfa | login
password          | totp+recovery-code | mfa | plain                         | totp > granted password+totp = password sfa mfa | login

password          | mail-code          | -   | plain                         | granted password = password sfa | granted
password          | mail-code          | -   | insists on mfa                | mail-code > granted mail-code+password = password sfa mfa | login
password          | mail-code          | -   | insists on aal2               | level_unreachable | level_unreachable
password          | mail-code          | -   | insists on phishing-resistant | enrolment_closed | enrolment_closed
password          | mail-code          | -   | wishes mfa                    | mail-code > granted mail-code+password = password sfa mfa | login
password          | mail-code          | -   | forces, wishes mfa            | password > mail-code > granted mail-code+password = password sfa mfa | login
password          | mail-code          | mfa | plain                         | mail-code > granted mail-code+password = password sfa mfa | login
password          | mail-code          | mfa | insists on aal2               | level_unreachable | level_unreachable
password          | mail-code          | mfa | insists on phishing-resistant | enrolment_closed | enrolment_closed

password          | passkey            | -   | plain                         | granted password = password sfa | granted
password          | passkey            | -   | insists on mfa                | passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | -   | insists on aal2               | level_unreachable | level_unreachable
password          | passkey            | -   | insists on phishing-resistant | passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | -   | insists on aal2 or mfa        | passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | -   | wishes mfa                    | passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | -   | forces                        | password > granted password = password sfa | login
password          | passkey            | -   | forces, wishes mfa            | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | mfa | plain                         | passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | mfa | insists on aal2               | level_unreachable | level_unreachable
password          | passkey            | mfa | insists on phishing-resistant | passkey > granted passkey+password = password sfa mfa phishing-resistant | login
password          | passkey            | mfa | forces                        | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login

password          | temporary-pass     | -   | plain                         | granted password = password sfa | granted
password          | temporary-pass     | -   | insists on mfa                | temporary-pass > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password          | temporary-pass     | -   | insists on aal2               | level_unreachable | level_unreachable
password          | temporary-pass     | -   | insists on phishing-resistant | temporary-pass > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login
password          | temporary-pass     | -   | wishes mfa                    | granted password = password sfa | granted
password          | temporary-pass     | -   | forces, wishes mfa            | password > granted password = password sfa | login
password          | temporary-pass     | mfa | plain                         | temporary-pass > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password          | temporary-pass     | mfa | insists on aal2               | level_unreachable | level_unreachable
password          | temporary-pass     | mfa | insists on phishing-resistant | temporary-pass > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant | login

password          | recovery-code      | -   | plain                         | granted password = password sfa | granted
password          | recovery-code      | -   | insists on mfa                | recovery-code > recovery-codes-left > granted password+recovery-code = password sfa mfa | login
password          | recovery-code      | -   | insists on aal2               | level_unreachable | level_unreachable
password          | recovery-code      | -   | wishes mfa                    | granted password = password sfa | granted
password          | recovery-code      | mfa | plain                         | recovery-code > recovery-codes-left > granted password+recovery-code = password sfa mfa | login
password          | recovery-code      | mfa | insists on aal2               | level_unreachable | level_unreachable

old password      | nothing            | -   | max_age 10 min                | password > granted password = password sfa | login
old password      | nothing            | mfa | max_age 10 min                | password > enrolment_closed | login

old password      | new                | -   | max_age 10 min                | password > granted password = password sfa | login
old password      | new                | mfa | max_age 10 min                | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login

old password      | totp               | -   | max_age 10 min                | password > granted password = password sfa | login
old password      | totp               | mfa | max_age 10 min                | password > totp > granted password+totp = password sfa mfa | login

old password      | mail-code          | -   | max_age 10 min                | password > granted password = password sfa | login
old password      | mail-code          | mfa | max_age 10 min                | password > mail-code > granted mail-code+password = password sfa mfa | login

old password      | passkey            | -   | max_age 10 min                | password > granted password = password sfa | login
old password      | passkey            | mfa | max_age 10 min                | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login

old password      | temporary-pass     | -   | max_age 10 min                | password > granted password = password sfa | login
old password      | temporary-pass     | mfa | max_age 10 min                | password > temporary-pass > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login

password+totp     | totp               | -   | plain                         | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | insists on sfa                | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | insists on mfa                | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | insists on aal2               | level_unreachable | level_unreachable
password+totp     | totp               | -   | insists on phishing-resistant | enrolment_closed | enrolment_closed
password+totp     | totp               | -   | insists on password           | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | insists on aal2 or mfa        | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | wishes mfa                    | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | wishes aal2                   | granted password+totp = password sfa mfa | granted
password+totp     | totp               | -   | forces                        | password > granted password = password sfa | login
password+totp     | totp               | -   | forces, wishes mfa            | password > totp > granted password+totp = password sfa mfa | login
password+totp     | totp               | -   | max_age 10 min                | granted password+totp = password sfa mfa | granted
password+totp     | totp               | mfa | plain                         | granted password+totp = password sfa mfa | granted
password+totp     | totp               | mfa | insists on aal2               | level_unreachable | level_unreachable
password+totp     | totp               | mfa | insists on phishing-resistant | enrolment_closed | enrolment_closed
password+totp     | totp               | mfa | wishes aal2                   | granted password+totp = password sfa mfa | granted
password+totp     | totp               | mfa | forces                        | password > totp > granted password+totp = password sfa mfa | login
password+totp     | totp               | mfa | max_age 10 min                | granted password+totp = password sfa mfa | granted

password+totp     | totp+recovery-code | -   | plain                         | granted password+totp = password sfa mfa | granted
password+totp     | totp+recovery-code | -   | insists on mfa                | granted password+totp = password sfa mfa | granted
password+totp     | totp+recovery-code | mfa | plain                         | granted password+totp = password sfa mfa | granted

password+old totp | totp               | -   | max_age 10 min                | granted password = password sfa | granted
password+old totp | totp               | mfa | max_age 10 min                | totp > granted password+totp = password sfa mfa | login

passkey alone     | passkey            | -   | plain                         | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | insists on sfa                | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | insists on mfa                | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | insists on aal2               | level_unreachable | level_unreachable
passkey alone     | passkey            | -   | insists on phishing-resistant | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | insists on password           | password > granted passkey+password = password sfa mfa phishing-resistant | login
passkey alone     | passkey            | -   | insists on aal2 or mfa        | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | wishes mfa                    | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | wishes aal2                   | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | -   | forces                        | password > granted password = password sfa | login
passkey alone     | passkey            | -   | forces, wishes mfa            | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
passkey alone     | passkey            | -   | max_age 10 min                | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | mfa | plain                         | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | mfa | insists on aal2               | level_unreachable | level_unreachable
passkey alone     | passkey            | mfa | insists on phishing-resistant | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | mfa | wishes aal2                   | granted passkey = sfa mfa phishing-resistant | granted
passkey alone     | passkey            | mfa | forces                        | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
passkey alone     | passkey            | mfa | max_age 10 min                | granted passkey = sfa mfa phishing-resistant | granted
`;

export type Walk = readonly [
  session: string,
  has: string,
  connection: string,
  request: string,
  path: string,
  passive: string,
];

export const walksIn = (written: string): readonly Walk[] =>
  written
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('|').map((cell) => cell.trim()) as unknown as Walk);

export const walks = walksIn(table);
