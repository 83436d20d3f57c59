import type { MembershipCardStatus } from './membership-card.ts';
import type { Transition } from './procedure.ts';

/** Who is eligible for which card; the standard asks for eligibility (A302) and gives no figures. */
export const membershipCardPolicy = {
  name: 'membership-cards',
  figures: {
    /** In a household of the community, for a member's card. */
    memberDays: { value: 30, unit: 'day', rule: 'A302' },
    /** Held by the households of an organisation, for a bulk customer's card. */
    bulkUnits: { value: 3, unit: 'unit', rule: 'A302', least: 1 },
    /** In a household of the community, for a VIP's card; a key account needs none. */
    vipDays: { value: 365, unit: 'day', rule: 'A309' },
    decisionWorkingDays: { value: 3, unit: 'working day', rule: 'A302', least: 1 },
    validDays: { value: 365, unit: 'day', rule: 'A302', least: 1 },
    /** Before the first day on which a card no longer holds; from then on it can be renewed. */
    reminderDays: { value: 30, unit: 'day', rule: 'A302', least: 1 },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'A302', most: 1 },
    directorShare: { value: 2, unit: 'share of the time', rule: 'A302', least: 1 },
  },
} as const;

/** The only table of transitions of a card; its timer lets it expire. */
export const membershipCardTransitions = {
  applyMembershipCard: {
    from: [],
    to: ['APPLIED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A302',
  },
  issueMembershipCard: {
    from: ['APPLIED'],
    to: ['ACTIVE'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A302',
  },
  refuseMembershipCard: {
    from: ['APPLIED'],
    to: ['REFUSED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A302',
  },
  updateMembershipCardProfile: {
    from: ['ACTIVE'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A309',
  },
  renewMembershipCard: {
    from: ['ACTIVE', 'EXPIRED'],
    to: ['ACTIVE'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A302',
  },
  endMembershipCard: {
    from: ['ACTIVE'],
    to: ['ENDED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A302',
  },
} as const satisfies Record<string, Transition<MembershipCardStatus>>;

export const refuseCardReasons: readonly string[] = ['NOT_ELIGIBLE', 'PAPERS_NOT_GENUINE', 'DUPLICATE'];
export const endCardReasons: readonly string[] = ['RETURNED', 'LOST', 'MISUSED', 'MOVED_AWAY'];

export const membershipCardNumberPrefix = 'HY';

/** Timers: the reminder before a card ends, and its end. */
export const cardReminderTimer = 'membership-card-reminder';
export const cardExpiryTimer = 'membership-card-expiry';
