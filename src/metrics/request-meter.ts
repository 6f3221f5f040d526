/** Requests, by what they were about and how they were answered. */
import { Counter, Histogram, type Registry } from 'prom-client';

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface AnsweredRequest {
  /** Of a closed list. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

export function requestMeter(registry: Registry): (answered: AnsweredRequest) => void {
  const registers = [registry];
  const requests = new Counter({
    name: 'sekisho_http_requests_total',
    help: 'Requests answered, by route class and status',
    labelNames: ['route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'sekisho_http_request_seconds',
    help: 'Time until a request was answered, by route class',
    labelNames: ['route'],
    buckets,
    registers,
  });
  return ({ route, status, milliseconds }) => {
    requests.inc({ route, status });
    seconds.observe({ route }, milliseconds / 1000);
  };
}
