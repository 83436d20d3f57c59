import type { GatewayClient } from '../import/gateway-client.ts';
import { ImportError } from '../import/import-error.ts';
import { demoTenants, type DemoTenant } from './accounts.ts';
import { operations } from './operations.ts';

/** Enters a company of the demo, unless it is there; whoever does so at the same time is as good. */
export async function enterCompanyItself(director: GatewayClient, tenant: DemoTenant): Promise<void> {
  const { company } = await director<{ company: object | null }>(operations.company, {});
  if (company !== null) return;
  try {
    await director(operations.registerCompany, { input: { name: demoTenants[tenant].name } });
  } catch (error) {
    if (!(error instanceof ImportError) || !error.refusals.includes('COMPANY_KNOWN')) throw error;
  }
}
