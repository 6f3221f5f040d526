/** From arguments to an exit code: 0 done, 1 refused or failed, 2 not understood. */
import { Command } from 'commander';
import type { Edges } from '../ground.ts';
import { addAccountsGivePass } from './accounts-give-pass.ts';
import { addAccountsIssueKey } from './accounts-issue-key.ts';
import { addAccountsSetPassword } from './accounts-set-password.ts';
import { addAccountsSuspend } from './accounts-suspend.ts';
import { addAccountsUnlock } from './accounts-unlock.ts';
import { addAccountsWithdrawPass } from './accounts-withdraw-pass.ts';
import { addAttributesList } from './attributes-list.ts';
import { addAuditExport } from './audit-export.ts';
import { addAuditKeys } from './audit-keys.ts';
import { addAuditList } from './audit-list.ts';
import { addAuditVerify } from './audit-verify.ts';
import { addBackup } from './backup.ts';
import { addCheckConfig } from './check-config.ts';
import { addConnectionsExport } from './connections-export.ts';
import { addConnectionsImport } from './connections-import.ts';
import { addConnectionsList } from './connections-list.ts';
import { addConnectionsMetadata } from './connections-metadata.ts';
import { addConnectionsResume } from './connections-resume.ts';
import { addConnectionsRotateSecret } from './connections-rotate-secret.ts';
import { addConnectionsSuspend } from './connections-suspend.ts';
import { addDemo } from './demo.ts';
import { addDemoCrowd } from './demo-crowd.ts';
import { addDoctor } from './doctor.ts';
import { addFactorsConfirm } from './factors-confirm.ts';
import { addFactorsList } from './factors-list.ts';
import { addFactorsReset } from './factors-reset.ts';
import { addFactorsRestoreCertificate } from './factors-restore-certificate.ts';
import { failureOf } from './failure.ts';
import { addGenerate } from './generate.ts';
import { addJobsList } from './jobs-list.ts';
import { addJobsRun } from './jobs-run.ts';
import { addKeysCertificate } from './keys-certificate.ts';
import { addKeysList } from './keys-list.ts';
import { addKeysRotate } from './keys-rotate.ts';
import { addKeysRotateMaster } from './keys-rotate-master.ts';
import { localeOf } from './locale.ts';
import { addOutboxDrop } from './outbox-drop.ts';
import { addOutboxList } from './outbox-list.ts';
import { addOutboxRetry } from './outbox-retry.ts';
import { addPeopleAdd } from './people-add.ts';
import { addPeopleImport } from './people-import.ts';
import { addPolicyList } from './policy-list.ts';
import { addPolicyTry } from './policy-try.ts';
import { addRestore } from './restore.ts';
import { addRolesGrant } from './roles-grant.ts';
import { addStart } from './start.ts';
import { addStoreCopy } from './store-copy.ts';
import { addStoreForget } from './store-forget.ts';
import { addStoreInitiate } from './store-initiate.ts';
import type { Terminal } from './terminal.ts';
import { print, type Run } from './verb.ts';

export async function run(argv: readonly string[], terminal: Terminal, edges: Edges = {}): Promise<Run['exitCode']> {
  const current: Run = { terminal, edges, exitCode: 0 };
  const program = programFor(current);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    const failure = failureOf(error, localeOf(terminal.environment), argv.includes('--verbose'));
    current.exitCode = failure.exitCode;
    if ('report' in failure) print(current, failure.report, argv.includes('--json'));
    else if (failure.text !== undefined) terminal.err(`${failure.text}\n`);
  }
  return current.exitCode;
}

function programFor(current: Run): Command {
  const { terminal } = current;
  const program = new Command('sekisho')
    .description('The integrated authentication system of a university.')
    .option('--config <file>', 'the configuration; else SEKISHO_CONFIG, else config/sekisho.yaml')
    .option('--verbose', 'show where a failure happened')
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      // The manual is made of the help, and must not depend on the width of a window.
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .showHelpAfterError('(sekisho --help lists the verbs, sekisho <verb> --help explains one)')
    .exitOverride();
  addStart(program, current);
  addCheckConfig(program, current);
  const people = program.command('people').description('persons, with their accounts and affiliations');
  addPeopleAdd(people, current);
  addPeopleImport(people, current);
  const accounts = program.command('accounts').description('the standing of an account, and its password');
  addAccountsSuspend(accounts, current);
  addAccountsUnlock(accounts, current);
  addAccountsIssueKey(accounts, current);
  addAccountsGivePass(accounts, current);
  addAccountsWithdrawPass(accounts, current);
  addAccountsSetPassword(accounts, current);
  const factors = program
    .command('factors')
    .description('the second factors of an account, and their reset by two people');
  addFactorsList(factors, current);
  addFactorsReset(factors, current);
  addFactorsConfirm(factors, current);
  addFactorsRestoreCertificate(factors, current);
  const roles = program.command('roles').description('who may do what in Sekisho itself');
  addRolesGrant(roles, current);
  const connections = program.command('connections').description('the connected services');
  addConnectionsImport(connections, current);
  addConnectionsExport(connections, current);
  addConnectionsMetadata(connections, current);
  addConnectionsList(connections, current);
  addConnectionsSuspend(connections, current);
  addConnectionsResume(connections, current);
  addConnectionsRotateSecret(connections, current);
  const attributes = program.command('attributes').description('what services may be told of people');
  addAttributesList(attributes, current);
  const policy = program.command('policy').description('what logins to services must prove');
  addPolicyList(policy, current);
  addPolicyTry(policy, current);
  const keys = program.command('keys').description('the keys that sign, and their turning');
  addKeysList(keys, current);
  addKeysRotate(keys, current);
  addKeysRotateMaster(keys, current);
  addKeysCertificate(keys, current);
  const jobs = program.command('jobs').description('the regular work');
  addJobsList(jobs, current);
  addJobsRun(jobs, current);
  const outbox = program.command('outbox').description('mails, logout messages and webhooks that are owed to somebody');
  addOutboxList(outbox, current);
  addOutboxRetry(outbox, current);
  addOutboxDrop(outbox, current);
  const audit = program.command('audit').description('who did what, and the proof that nobody edited it');
  addAuditList(audit, current);
  addAuditExport(audit, current);
  addAuditVerify(audit, current);
  addAuditKeys(audit, current);
  const store = program.command('store').description('the database as a whole');
  addStoreInitiate(store, current);
  addStoreForget(store, current);
  addStoreCopy(store, current);
  addBackup(program, current);
  addRestore(program, current);
  addDoctor(program, current);
  addGenerate(program, current);
  addDemo(program, current);
  addDemoCrowd(program, current);
  return program;
}
