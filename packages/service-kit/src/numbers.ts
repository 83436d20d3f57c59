import { localDate } from '@steward/core';
import { prepared, rows, txScope, type Tx } from '@steward/db';

const takeNumbers = prepared(`
  insert into number_sequence (tenant_id, community_id, prefix, day, last) values ($1, $2, $3, $4, $5)
  on conflict (tenant_id, community_id, prefix, day) do update set last = number_sequence.last + excluded.last
  returning last`);

/**
 * Takes `count` readable numbers in a row, unique in their community: `WX-20260301-0042` (prefix, local day, running
 * number of that day). Gaps are possible when a command is refused after taking one.
 */
export async function nextNumbers(
  tx: Tx,
  options: { communityId: string; prefix: string; zone: string; count: number },
): Promise<string[]> {
  const { tenantId, now } = txScope(tx);
  const day = localDate(now, options.zone).replaceAll('-', '');
  const [row] = await rows<{ last: number }>(tx, takeNumbers, [
    tenantId,
    options.communityId,
    options.prefix,
    day,
    options.count,
  ]);
  const last = row?.last ?? options.count;
  return Array.from({ length: options.count }, (_, index) => {
    const number = last - options.count + 1 + index;
    return `${options.prefix}-${day}-${String(number).padStart(4, '0')}`;
  });
}

/** Takes one number; see `nextNumbers`. */
export async function nextNumber(tx: Tx, communityId: string, prefix: string, zone: string): Promise<string> {
  const [number] = await nextNumbers(tx, { communityId, prefix, zone, count: 1 });
  return number as string;
}
