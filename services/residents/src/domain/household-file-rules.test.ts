import { describe, expect, it } from '@jest/globals';

import { householdFilePolicy } from './household-file-policy.ts';
import { judgeFile, type FileContents } from './household-file-rules.ts';

const { figures } = householdFilePolicy;
const values = Object.fromEntries(Object.entries(figures).map(([key, { value }]) => [key, value])) as unknown;

const file = (contents: Partial<FileContents>): FileContents => ({
  members: [],
  holdings: [],
  documentKindCodes: [],
  figures: values as FileContents['figures'],
  ...contents,
});

const owned = (usage: string) => ({ tenure: 'OWNED' as const, usage });
const rented = (usage: string) => ({ tenure: 'RENTED' as const, usage });
const person = (role: 'OWNER' | 'RENTER' | 'FAMILY' | 'AGENT') => ({ role, isOrganisation: false });
const firm = (role: 'OWNER' | 'RENTER' | 'AGENT') => ({ role, isOrganisation: true });

const ownedPapers = ['MOVE_IN_NOTICE', 'PURCHASE_CONTRACT', 'MANAGEMENT_AGREEMENT'];
const rentedPapers = ['LEASE_CONTRACT', 'MANAGEMENT_AGREEMENT'];
// Shops have papers of their own, whoever holds them and by whichever right.
const shopPapers = ['BUSINESS_LICENCE', 'FIRE_SAFETY_COMMITMENT'];
const firmPapers = ['COMPANY_CERTIFICATE', 'REPRESENTATIVE_IDENTITY_CARD'];

describe('[B016] the papers that a household file must hold', () => {
  it.each<[string, Partial<FileContents>, string[]]>([
    ['a household without units', { members: [person('OWNER')] }, []],
    ['an owned parking space', { members: [person('OWNER')], holdings: [owned('PARKING'), owned('STORAGE')] }, []],
    [
      'an owned flat of a person',
      { members: [person('OWNER'), person('FAMILY')], holdings: [owned('RESIDENTIAL')] },
      ['OWNER_IDENTITY_CARD', ...ownedPapers, 'RESIDENT_REGISTER'],
    ],
    [
      'an owned shop of a person',
      { members: [person('OWNER')], holdings: [owned('SHOP')] },
      ['OWNER_IDENTITY_CARD', ...ownedPapers, ...shopPapers],
    ],
    [
      'an owned office of a company',
      { members: [firm('OWNER')], holdings: [owned('OFFICE')] },
      [...firmPapers, ...ownedPapers, 'BUSINESS_LICENCE'],
    ],
    [
      'a flat that an agent takes over',
      { members: [person('OWNER'), person('AGENT')], holdings: [owned('RESIDENTIAL')] },
      ['OWNER_IDENTITY_CARD', 'AGENT_IDENTITY_CARD', 'POWER_OF_ATTORNEY', ...ownedPapers, 'RESIDENT_REGISTER'],
    ],
    [
      'a rented flat',
      { members: [person('RENTER')], holdings: [rented('RESIDENTIAL')] },
      ['RENTER_IDENTITY_CARD', ...rentedPapers, 'RESIDENT_REGISTER'],
    ],
    [
      'a rented shop of a company',
      { members: [firm('RENTER')], holdings: [rented('SHOP')] },
      [...firmPapers, ...rentedPapers, ...shopPapers],
    ],
    ['a rented office without members', { holdings: [rented('OFFICE')] }, [...rentedPapers, 'BUSINESS_LICENCE']],
    [
      'a shop and a flat above it',
      { holdings: [rented('SHOP'), rented('RESIDENTIAL')] },
      [...rentedPapers, 'RESIDENT_REGISTER', ...shopPapers],
    ],
  ])('%s', (_what, contents, expected) => {
    const judged = judgeFile(file(contents));
    expect(judged.requiredKindCodes).toEqual(expected);
    expect(judged.missingKindCodes).toEqual(expected);
    expect(judged.isComplete).toBe(expected.length === 0);
  });

  it('counts a paper once, and rounds down so that only a complete file shows 1.00', () => {
    const contents = { members: [person('RENTER')], holdings: [rented('SHOP'), rented('RESIDENTIAL')] };
    const share = (...documentKindCodes: string[]) => judgeFile(file({ ...contents, documentKindCodes })).completeness;
    const most = ['LEASE_CONTRACT', 'RENTER_IDENTITY_CARD', 'MANAGEMENT_AGREEMENT', 'RESIDENT_REGISTER'];
    expect(share()).toBe('0.00');
    expect(share('LEASE_CONTRACT', 'LEASE_CONTRACT', 'OTHER')).toBe('0.16');
    expect(share(...most)).toBe('0.66');
    expect(share(...most, ...shopPapers)).toBe('1.00');
  });
});
