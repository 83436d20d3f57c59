import { describe, expect, it } from '@jest/globals';

import {
  escortedAccessTransitions,
  mailItemTransitions,
  papersOfKind,
  protectionItems,
  registerPolicy,
  registrationPapersPolicy,
  residentRegistrationTransitions,
} from './register-policy.ts';
import { escortedAccessRules, mailItemRules, missingPapers, registrationRules } from './register-rules.ts';
import type { RegistrationKind } from './resident-registration.ts';

const leaders = 'director deputyDirector administrativeSupervisor supervisor';
const desk = `${leaders} clerk`;
const escorts = 'guard maintenance environment';

type Row = {
  from: readonly string[];
  to: readonly string[];
  roles: readonly string[];
  own: readonly string[];
  rule: string;
};
const words = ({ from, to, roles, own, rule }: Row): string[] => [
  rule,
  ...[from, to, roles, own].map((list) => list.join(' ')),
];

describe('what can be done with mail', () => {
  it.each([
    ['registerMailItem', '', 'REGISTERED', `${desk} guard`],
    ['handMailToLeader', 'REGISTERED', 'WITH_LEADER', desk],
    ['handleMailItem', 'WITH_LEADER', 'READY FILED', leaders],
    ['collectMailItem', 'READY', 'COLLECTED', `${desk} guard`],
  ] as const)('[A223] %s leads from %s to %s, by %s', (action, from, to, roles) => {
    expect(words(mailItemTransitions[action])).toEqual(['A223', from, to, roles, '']);
    const states = ['REGISTERED', 'WITH_LEADER', 'READY', 'COLLECTED', 'FILED'] as const;
    expect(states.filter((status) => mailItemRules.refusal({ status }, action) === null).join(' ')).toBe(from);
  });

  it('[A223] is decided within a working day', () => expect(registerPolicy.figures.mailHandlingDays.value).toBe(1));
});

describe('what can be done with a registration', () => {
  it.each([
    ['openResidentRegistration', '', 'OPEN', 'resident'],
    ['fileRegistrationDocument', 'OPEN', 'same', 'resident'],
    ['submitResidentRegistration', 'OPEN', 'SUBMITTED', ''],
    ['grantResidentRegistration', 'SUBMITTED', 'GRANTED', ''],
    ['refuseResidentRegistration', 'SUBMITTED', 'REFUSED', ''],
    ['withdrawResidentRegistration', 'OPEN SUBMITTED', 'WITHDRAWN', 'resident'],
  ] as const)('[A224] %s leads from %s to %s, by the desk and %s', (action, from, to, own) => {
    expect(words(residentRegistrationTransitions[action])).toEqual(['A224', from, to, desk, own]);
    const states = ['OPEN', 'SUBMITTED', 'GRANTED', 'REFUSED', 'WITHDRAWN', 'EXPIRED'] as const;
    expect(states.filter((status) => registrationRules.refusal({ status }, action) === null).join(' ')).toBe(from);
  });

  it.each([
    ['DOG', 'IDENTITY_CARD DOG_VACCINATION DOG_PHOTO'],
    ['TEMPORARY_RESIDENCE', 'IDENTITY_CARD LEASE_CONTRACT'],
    ['ENCRYPTED_TV', 'IDENTITY_CARD'],
    ['PHONE_INSTALLATION', 'IDENTITY_CARD PROPERTY_CERTIFICATE'],
    ['PAPERS', 'IDENTITY_CARD'],
  ] as [RegistrationKind, string][])('[A224] %s needs %s', (kind, papers) => {
    const {
      dog,
      temporaryResidence,
      encryptedTv,
      phoneInstallation,
      papers: subscriptions,
    } = registrationPapersPolicy.figures;
    const figures = {
      dog: dog.value,
      temporaryResidence: temporaryResidence.value,
      encryptedTv: encryptedTv.value,
      phoneInstallation: phoneInstallation.value,
      papers: subscriptions.value,
    };
    expect(figures[papersOfKind[kind]].join(' ')).toBe(papers);
    expect(missingPapers(kind, figures, ['IDENTITY_CARD'])).toEqual(papers.split(' ').slice(1));
    expect(missingPapers(kind, figures, papers.split(' '))).toEqual([]);
  });

  it('[A224] goes on within five working days, with a reminder a month before it ends', () => {
    const { registrationDays, reminderDays } = registerPolicy.figures;
    expect([registrationDays.value, reminderDays.value]).toEqual([5, 30]);
  });
});

describe('what can be done with an escorted access', () => {
  it.each([
    ['planEscortedAccess', '', 'PLANNED', ''],
    ['assignEscort', 'PLANNED STARTED', 'same', ''],
    ['checkEscortedAccess', 'PLANNED STARTED', 'same', escorts],
    ['startEscortedAccess', 'PLANNED', 'STARTED', escorts],
    ['endEscortedAccess', 'STARTED', 'ENDED', escorts],
    ['cancelEscortedAccess', 'PLANNED', 'CANCELLED', ''],
  ] as const)('[B006] %s leads from %s to %s, by the desk and, if they escort it, %s', (action, from, to, own) => {
    expect(words(escortedAccessTransitions[action])).toEqual(['B006', from, to, desk, own]);
    const states = ['PLANNED', 'STARTED', 'ENDED', 'CANCELLED'] as const;
    expect(states.filter((status) => escortedAccessRules.refusal({ status }, action) === null).join(' ')).toBe(from);
  });

  it('[B006] protects finished goods by a list', () => {
    const items = ['FLOORS_COVERED', 'WALLS_AND_CORNERS', 'FURNITURE_COVERED', 'FITTINGS_COMPLETE', 'WATER_AND_POWER'];
    expect(protectionItems).toEqual(items.map((code) => ({ code, rule: 'B006' })));
  });
});

describe('what a community may set', () => {
  it('[A223] [A224] leaves a day at least', () => {
    expect(Object.values(registerPolicy.figures).map(({ least }) => least)).toEqual([1, 1, 1]);
  });
});
