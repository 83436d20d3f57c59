import { DomainError, refuseAll, type Violation } from '@steward/core';

import { voteThresholds, specialMatters, votePeriod } from './vote-policy.ts';
import type { BallotChoice, OwnerVote, VoteMatter, VoteShare, VoteStatus, VoteTally } from './vote.ts';

const voteSteps = {
  openOwnerVote: ['DRAFT'],
  castBallot: ['OPEN'],
  countOwnerVote: ['OPEN'],
  cancelOwnerVote: ['DRAFT', 'OPEN'],
} as const satisfies Record<string, readonly VoteStatus[]>;

export type VoteAction = keyof typeof voteSteps;
export const voteActions: VoteAction[] = ['openOwnerVote', 'countOwnerVote', 'cancelOwnerVote'];

export function requireVote({ status }: OwnerVote, action: VoteAction): void {
  const from: readonly VoteStatus[] = voteSteps[action];
  if (!from.includes(status)) throw new DomainError('CONFLICT', 'ILLEGAL_TRANSITION', { params: { action, status } });
}

/** Open from its announcement to its end, long enough for everybody to hear of it. */
export function periodViolations(opensAt: Date, closesAt: Date, now: Date): Violation[] {
  if (closesAt <= now) return [{ path: 'input.closesAt', reason: 'IN_THE_PAST' }];
  const days = (closesAt.getTime() - opensAt.getTime()) / 86_400_000;
  const least = votePeriod.leastDays.value;
  return days < least ? [{ path: 'input.closesAt', reason: 'VOTE_TOO_SHORT', params: { days: least } }] : [];
}

export function requireOpen(vote: OwnerVote, now: Date): void {
  requireVote(vote, 'castBallot');
  if (vote.closesAt === null || now >= vote.closesAt) throw new DomainError('CONFLICT', 'VOTE_CLOSED');
}

export function requireOver(vote: OwnerVote, now: Date, castOwners: number): void {
  requireVote(vote, 'countOwnerVote');
  // Before its end only when everybody has voted.
  if (vote.closesAt !== null && now < vote.closesAt && castOwners < vote.electorCount) {
    throw new DomainError('CONFLICT', 'VOTE_RUNNING', { params: { closesAt: vote.closesAt.toISOString() } });
  }
}

/** Square metres as hundredths: exact, without a fraction. */
export function hundredths(areaM2: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(areaM2);
  if (match === null) throw new Error('an area is a decimal with at most two places');
  return BigInt(match[1] ?? '0') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}

export const areaText = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;

type Share = { owners: bigint; area: bigint };
export type Ballot = { choice: BallotChoice; owners: number; areaM2: string };

const add = (ballots: readonly Ballot[]): Share =>
  ballots.reduce(
    (sum, { owners, areaM2 }) => ({ owners: sum.owners + BigInt(owners), area: sum.area + hundredths(areaM2) }),
    { owners: 0n, area: 0n },
  );

const shareOf = ({ owners, area }: Share): VoteShare => ({ owners: Number(owners), areaM2: areaText(area) });

type Fraction = { numerator: number; denominator: number };

/** At least a fraction of a whole, in whole numbers. */
const reaches = (part: bigint, whole: bigint, { numerator, denominator }: Fraction): boolean =>
  whole > 0n && part * BigInt(denominator) >= whole * BigInt(numerator);

const isMoreThanHalf = (part: bigint, whole: bigint): boolean => part * 2n > whole;

export const isSpecial = (matter: VoteMatter): boolean => specialMatters.some((special) => special === matter);

/**
 * Article 278: owners of two thirds of the area and two thirds of the owners take part; then more than half of both of those
 * who take part agree, or three quarters of both for the listed matters.
 */
export function tallyOf(matter: VoteMatter, electors: VoteShare, ballots: readonly Ballot[]): VoteTally {
  const all = { owners: BigInt(electors.owners), area: hundredths(electors.areaM2) };
  const cast = add(ballots);
  const by = (choice: BallotChoice): Share => add(ballots.filter((ballot) => ballot.choice === choice));
  const agreed = by('FOR');
  const { quorum, special } = voteThresholds;
  const isQuorate = reaches(cast.owners, all.owners, quorum.value) && reaches(cast.area, all.area, quorum.value);
  const isAgreed = isSpecial(matter)
    ? reaches(agreed.owners, cast.owners, special.value) && reaches(agreed.area, cast.area, special.value)
    : isMoreThanHalf(agreed.owners, cast.owners) && isMoreThanHalf(agreed.area, cast.area);
  return {
    electors,
    cast: shareOf(cast),
    for: shareOf(agreed),
    against: shareOf(by('AGAINST')),
    abstain: shareOf(by('ABSTAIN')),
    isQuorate,
    isPassed: isQuorate && isAgreed,
  };
}

export function wordsViolations({ title, proposal }: { title: string; proposal: string }): Violation[] {
  return [
    ...(title.trim() === '' ? [{ path: 'input.title', reason: 'TEXT_REQUIRED' }] : []),
    ...(proposal.trim() === '' ? [{ path: 'input.proposal', reason: 'TEXT_REQUIRED' }] : []),
  ];
}

/** Somebody else votes for an owner only with a power of attorney. */
export function requireProxy(isForOther: boolean, proxyFileId: string | null | undefined): void {
  if (isForOther && proxyFileId == null) refuseAll([{ path: 'input.proxyFileId', reason: 'PROXY_REQUIRED' }]);
}
