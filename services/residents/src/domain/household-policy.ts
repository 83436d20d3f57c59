/** Papers that a household file must hold, by kind of unit and tenure, and in addition by who acts (A050-A052, A063). */
export const householdFilePolicy = {
  name: 'household-file',
  figures: {
    residentialOwned: {
      value: ['OWNER_IDENTITY_CARD', 'MOVE_IN_NOTICE', 'PURCHASE_CONTRACT', 'RESIDENT_REGISTER', 'RESIDENT_AGREEMENT'],
      unit: 'kinds of paper',
      rule: 'A063',
    },
    residentialRented: {
      value: ['RENTER_IDENTITY_CARD', 'LEASE_CONTRACT', 'RESIDENT_REGISTER'],
      unit: 'kinds of paper',
      rule: 'B016',
    },
    commercialOwned: {
      value: ['PURCHASE_CONTRACT', 'MOVE_IN_NOTICE', 'BUSINESS_LICENCE', 'RESIDENT_REGISTER', 'RESIDENT_AGREEMENT'],
      unit: 'kinds of paper',
      rule: 'B016',
    },
    commercialRented: {
      value: ['LEASE_CONTRACT', 'BUSINESS_LICENCE', 'RESIDENT_REGISTER', 'RESIDENT_AGREEMENT'],
      unit: 'kinds of paper',
      rule: 'B016',
    },
    ancillaryOwned: { value: ['PURCHASE_CONTRACT'], unit: 'kinds of paper', rule: 'B016' },
    ancillaryRented: { value: ['LEASE_CONTRACT'], unit: 'kinds of paper', rule: 'B016' },
    byAgent: { value: ['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD'], unit: 'kinds of paper', rule: 'A051' },
    byCompany: { value: ['COMPANY_CERTIFICATE'], unit: 'kinds of paper', rule: 'A052' },
  },
} as const;

/** Which row of the table a unit falls under. */
export const fileRowOfUsage = {
  RESIDENTIAL: 'residential',
  SHOP: 'commercial',
  OFFICE: 'commercial',
  PARKING: 'ancillary',
  STORAGE: 'ancillary',
} as const;

/** Kinds of paper that a file can hold; only those above can be missing. */
export const documentKinds: readonly string[] = [
  'OWNER_IDENTITY_CARD',
  'RENTER_IDENTITY_CARD',
  'AGENT_IDENTITY_CARD',
  'MOVE_IN_NOTICE',
  'PURCHASE_CONTRACT',
  'LEASE_CONTRACT',
  'RESIDENT_REGISTER',
  'RESIDENT_AGREEMENT',
  'POWER_OF_ATTORNEY',
  'COMPANY_CERTIFICATE',
  'BUSINESS_LICENCE',
  'OTHER',
];
