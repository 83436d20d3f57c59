import { lets, standingTo } from './oracle.ts';
import { fail, type Judged, type Tally } from './tally.ts';
import type { Cell } from './viewers.ts';

type Listed = { totalCount?: number; nodes?: ({ __typename?: string; id?: string } | null)[] };

const pageSize = 100;

/** Of a row that the seed did not report: null where only its owner could say. */
function isUnreportedFit(judged: Judged, type: string, { role, viewer }: Cell): boolean | null {
  const standing = standingTo(null, judged.home, viewer);
  const row = judged.policy[type];
  if (lets(row, role, standing)) return true;
  const owns =
    typeof row !== 'string' &&
    row?.some(({ roles, relation }) => relation === 'own' && (roles === 'any' || roles.includes(role)));
  return standing !== 'foreign' && owns === true ? null : false;
}

function judgeNode(judged: Judged, where: string, cell: Cell, tally: Tally, node: { type: string; id: string }): void {
  const { home, policy } = judged;
  const row = home.rows.find((each) => each.type === node.type && each.id === node.id);
  const isVisible =
    row === undefined
      ? isUnreportedFit(judged, node.type, cell)
      : lets(policy[node.type], cell.role, standingTo(row, home, cell.viewer));
  if (isVisible === null) tally.unjudged += 1;
  if (isVisible === false)
    fail(tally, judged, where, cell, `the list shows ${node.type} ${row === undefined ? 'unreported' : 'seeded'}`);
}

/** A list shows only what may be seen one by one, and its count counts only that. */
export function judgeList(judged: Judged, where: string, cell: Cell, tally: Tally, value: unknown): void {
  const { nodes = [], totalCount } = value as Listed;
  for (const node of nodes) {
    const { __typename: type, id } = node ?? {};
    if (
      type !== undefined &&
      id !== undefined &&
      judged.policy[type] !== undefined &&
      judged.policy[type] !== 'inherit'
    )
      judgeNode(judged, where, cell, tally, { type, id });
  }
  if (totalCount !== undefined && nodes.length < pageSize && totalCount !== nodes.length)
    fail(tally, judged, where, cell, `totalCount ${totalCount} of ${nodes.length} visible`);
}

/** Nobody from elsewhere learns how many there are of anything. */
export function countsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const at = `${path}.${key}`;
    if (/count$/i.test(key) && typeof inner === 'number' && inner !== 0) return [`${at}=${inner}`];
    return countsIn(inner, at);
  });
}
