import type { Community } from './community.ts';
import type { Company } from './company.ts';

export const companyFact = ({ id }: Company) => ({ companyId: id });

/** What events say about a community; names and addresses stay here. */
export const communityFact = ({ id, tenantId, number, timeZone, locale, currency, status }: Community) => ({
  communityId: id,
  companyId: tenantId,
  code: number,
  timeZone,
  locale: locale as 'zh-CN' | 'en',
  currency,
  status,
});
