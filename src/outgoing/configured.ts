/** The outgoing client as the configuration wants it. */
import { isProduction } from '../config/rules/production.ts';
import type { Config } from '../config/schema.ts';
import { loopbackNetworks } from './address-judge.ts';
import type { OutgoingOptions } from './open-outgoing.ts';

/** In development and in the demo, services run beside the provider; in production this machine is nobody's service. */
export function outgoingOptions(config: Config): OutgoingOptions {
  const { allow, connectTime, totalTime, bodyKiB } = config.outgoing;
  return {
    allow: isProduction(config) ? allow : [...allow, ...loopbackNetworks],
    limits: { connectTime, totalTime, bodyBytes: bodyKiB * 1024 },
  };
}
