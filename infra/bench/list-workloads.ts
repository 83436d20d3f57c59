import { benchCommunity, benchEnd, benchWorker } from './list-data.ts';

/** One filter of the list, as the graph takes it and as SQL says it. */
export type ListFilter = {
  name: string;
  filter: Record<string, unknown>;
  /** Conditions on `w`; `$1`... are `params`. */
  sql: string;
  params: unknown[];
};

const daysBefore = (days: number): string => new Date(benchEnd.getTime() - days * 86_400_000).toISOString();

const community = benchCommunity(3);
const halfYear = daysBefore(180);

/** Five conditions one by one, and all five at once; each matches more than a thousand pages. */
export const listFilters: readonly ListFilter[] = [
  { name: 'community', filter: { communityId: community }, sql: 'w.community_id = $1', params: [community] },
  { name: 'status', filter: { status: ['CLOSED'] }, sql: 'w.status = $1', params: ['CLOSED'] },
  { name: 'trade', filter: { tradeCode: ['ELECTRICAL'] }, sql: 'w.trade_code = $1', params: ['ELECTRICAL'] },
  {
    name: 'channels',
    filter: { channelCode: ['PHONE', 'APP'] },
    sql: 'w.channel_code = any($1)',
    params: [['PHONE', 'APP']],
  },
  { name: 'since', filter: { receivedFrom: halfYear }, sql: 'w.received_at >= $1', params: [halfYear] },
  {
    name: 'all five',
    filter: {
      communityId: community,
      status: ['CLOSED'],
      tradeCode: ['PLUMBING', 'ELECTRICAL', 'CARPENTRY'],
      channelCode: ['PHONE', 'APP', 'WEB'],
      receivedFrom: daysBefore(330),
    },
    sql: `w.community_id = $1 and w.status = $2 and w.trade_code = any($3) and w.channel_code = any($4)
      and w.received_at >= $5`,
    params: [community, 'CLOSED', ['PLUMBING', 'ELECTRICAL', 'CARPENTRY'], ['PHONE', 'APP', 'WEB'], daysBefore(330)],
  },
];

/** A filter that few rows match: where a list could be slow although it is short. */
export const rareFilter: ListFilter = {
  name: 'open of a worker',
  filter: { assigneeId: benchWorker(7), status: ['ASSIGNED', 'ON_SITE', 'PAUSED'] },
  sql: 'w.assignee_id = $1 and w.status = any($2)',
  params: [benchWorker(7), ['ASSIGNED', 'ON_SITE', 'PAUSED']],
};

export const pageSize = 20;
export const deepPage = 1_000;
