/** Which stores a copy is about. An address may carry a password: what is wrong with it is told without repeating it. */
import { copyAddressesOf } from '../config/environment.ts';
import { isStoreAddress } from '../config/schema/store.ts';
import { UsageError } from './usage-error.ts';
import { type Call, configOf } from './verb.ts';

export interface CopyOptions {
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
}

/** @throws UsageError naming the one that lacks or is none. */
export function copyAddresses(call: Call<CopyOptions>): { readonly from: string; readonly to: string } {
  const found = copyAddressesOf(call.terminal.environment);
  const from = call.options.from ?? found.from ?? configOf(call).store.url;
  const to = call.options.to ?? found.to;
  if (to === undefined) throw new UsageError(`Say where to copy: --to or SEKISHO_COPY_TO. ${such}`);
  for (const [name, address] of Object.entries({ from, to })) {
    if (!isStoreAddress(address) || address === 'sqlite::memory:') {
      throw new UsageError(`--${name} (SEKISHO_COPY_${name.toUpperCase()}) is no address of a store. ${such}`);
    }
  }
  return { from, to };
}

const such =
  'Such are sqlite:var/sekisho.db and mongodb://db1,db2,db3/sekisho?replicaSet=rs0 (the name of the set is needed).';
