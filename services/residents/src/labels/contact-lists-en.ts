/** Names and texts of the contact list. */
export const contactListsEn: Record<string, string> = {
  'ContactList.entries': 'Contacts',
  'ContactList.reports': 'Reports',
  'ContactEntry.party': 'Party',
  'ContactEntry.duty': 'Duty',
  'ContactEntry.nameMasked': 'Name (masked)',
  'ContactEntry.phoneMasked': 'Phone (masked)',
  'ContactListReport.period': 'Period',
  'ContactListReport.startsOn': 'From',
  'ContactListReport.issuedAt': 'Issued at',
  'ContactListReport.addedCount': 'Added',
  'ContactListReport.changedCount': 'Changed',
  'ContactListReport.removedCount': 'Removed',
  'ContactParty.CONTRACTOR': 'Contractor',
  'ContactParty.DEVELOPER': 'Developer',
  'ContactParty.MERCHANT': 'Merchant',
  'ContactParty.PROPERTY': 'Property company',
  'ContactReportPeriod.WEEK': 'Week',
  'ContactReportPeriod.MONTH': 'Month',
  'reason.CONTACT_UNKNOWN': 'There is no such contact in the list.',
  'template.contactListReported':
    'Contact list, {period} from {startsOn}: {addedCount} added, {changedCount} changed, {removedCount} removed.',
};
