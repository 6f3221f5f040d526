/**
 * The one reader of the process's environment: everything else is handed what it needs. Settings are the variables that
 * begin with `SEKISHO__`. A single underscore is left alone on purpose: Kubernetes puts SEKISHO_SERVICE_HOST and the like
 * into every pod beside a service of that name, and they must not stop a start.
 */

export type Environment = Readonly<Record<string, string | undefined>>;

export const settingPrefix = 'SEKISHO__';

export const readEnvironment = (): Environment => process.env;

/** The configuration file that SEKISHO_CONFIG names, where the command line names none. */
export const configFileOf = (environment: Environment): string | undefined => environment.SEKISHO_CONFIG || undefined;

/** What `sekisho store copy` moves, where its command line does not say: such addresses carry passwords. */
export const copyAddressesOf = (environment: Environment): { readonly from?: string; readonly to?: string } => ({
  ...(environment.SEKISHO_COPY_FROM ? { from: environment.SEKISHO_COPY_FROM } : {}),
  ...(environment.SEKISHO_COPY_TO ? { to: environment.SEKISHO_COPY_TO } : {}),
});
