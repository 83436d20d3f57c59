/**
 * Papers that a household's file must hold, by what holds for the household today. Owners: A050 (in person), A051 (by
 * agent, both identity cards and the power of attorney), A052 (company), A053 (register form and agreement). The
 * standard lists none for renters; their default is the counterpart.
 */
export const householdFilePolicy = {
  name: 'household-file',
  figures: {
    personOwner: { value: ['OWNER_IDENTITY_CARD'], unit: 'document kind', rule: 'B016' },
    organisationOwner: {
      value: ['COMPANY_CERTIFICATE', 'REPRESENTATIVE_IDENTITY_CARD'],
      unit: 'document kind',
      rule: 'B016',
    },
    personRenter: { value: ['RENTER_IDENTITY_CARD'], unit: 'document kind', rule: 'B016' },
    organisationRenter: {
      value: ['COMPANY_CERTIFICATE', 'REPRESENTATIVE_IDENTITY_CARD'],
      unit: 'document kind',
      rule: 'B016',
    },
    agent: { value: ['AGENT_IDENTITY_CARD', 'POWER_OF_ATTORNEY'], unit: 'document kind', rule: 'B016' },
    ownedPremises: {
      value: ['MOVE_IN_NOTICE', 'PURCHASE_CONTRACT', 'MANAGEMENT_AGREEMENT'],
      unit: 'document kind',
      rule: 'B016',
    },
    rentedPremises: { value: ['LEASE_CONTRACT', 'MANAGEMENT_AGREEMENT'], unit: 'document kind', rule: 'B016' },
    dwelling: { value: ['RESIDENT_REGISTER'], unit: 'document kind', rule: 'B016' },
    shop: { value: ['BUSINESS_LICENCE', 'FIRE_SAFETY_COMMITMENT'], unit: 'document kind', rule: 'B016' },
    office: { value: ['BUSINESS_LICENCE'], unit: 'document kind', rule: 'B016' },
  },
} as const;

/** Units that people live or work in; the holding of a parking space or a storage room asks for no papers. */
export const premises: readonly string[] = ['RESIDENTIAL', 'SHOP', 'OFFICE'];

/** Everything that can be put into a file. */
export const documentKinds: readonly string[] = [
  'OWNER_IDENTITY_CARD',
  'RENTER_IDENTITY_CARD',
  'AGENT_IDENTITY_CARD',
  'REPRESENTATIVE_IDENTITY_CARD',
  'POWER_OF_ATTORNEY',
  'COMPANY_CERTIFICATE',
  'BUSINESS_LICENCE',
  'PURCHASE_CONTRACT',
  'LEASE_CONTRACT',
  'MOVE_IN_NOTICE',
  'MANAGEMENT_AGREEMENT',
  'RESIDENT_REGISTER',
  'PROPERTY_CERTIFICATE',
  'DECORATION_AGREEMENT',
  'AUTHORITY_APPROVAL',
  'CUSTODY_AGREEMENT',
  'RENTAL_MANDATE',
  'FIRE_SAFETY_COMMITMENT',
  'OTHER',
];

/** Under which limits of type and size scans are uploaded. */
export const documentPurpose = 'document';
