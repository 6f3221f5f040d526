/** The processes that serve on this machine together: how many there are, and how many have died. */
import { Counter, Gauge, type Registry } from 'prom-client';

/** `counted` adds up over the processes, `asked` belongs to the one that is asked. To be called with how many died. */
export function crewMeter(counted: Registry, asked: Registry): (deaths: number) => void {
  new Gauge({
    name: 'sekisho_workers',
    help: 'Processes that serve on this machine (server.workers)',
    registers: [counted],
  }).set(1);
  const died = new Counter({
    name: 'sekisho_worker_deaths_total',
    help: 'Processes among them that ended without being asked to',
    registers: [asked],
  });
  return (deaths) => {
    died.reset();
    died.inc(deaths);
  };
}
