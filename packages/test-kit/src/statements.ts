import type { TestService } from './test-service.ts';

/** SQL statements that a service has run so far, without those that frame its transactions. */
export async function statements(service: Pick<TestService, 'url'>): Promise<number> {
  const text = await (await fetch(`${service.url()}/metrics`)).text();
  const [, count] = /^steward_sql_statements_total\S* (\d+)/m.exec(text) ?? [];
  if (count === undefined) throw new Error('the service does not count its statements');
  return Number(count);
}
