/**
 * Fields whose names sound as if they held personal data and that hold none, under the reason why. `*` stands for any
 * letters within a word of the coordinate.
 */
export const notPersonal: Record<string, string[]> = {
  'what everybody reads on the sign at the door, or in a public register': [
    '*Company*.name',
    '*Community*.name',
    '*Community*.address',
    '*Place*.name',
    '*Organisation*.name',
    '*Department*.name',
    '*Team*.name',
    '*BulletinBoard*.name',
    '*ecoration*.authorityName',
  ],
  'the name of a thing': [
    'PassItem*.name',
    'WorkOrderMaterial*.name',
    'ActivityPrize*.name',
    'PaidService.name',
    '*ShiftPattern*.name',
    '*StaffCheckForm*.name',
    '*Dormitory*.name',
    '*ReportDuty*.name',
  ],
  'published: everybody it is meant for reads or hears it': [
    '*BroadcastScript*.title',
    '*BroadcastScript*.text',
    '*Announcement*.title',
    '*Announcement*.body',
    'Poster*.title',
    'SurveyQuestion*.text',
    '*Survey*.title',
    '*OwnerVote*.title',
  ],
  'why a figure was set, which tells of no person': ['Set*PolicyInput.reason'],
  'what an operator did with a fact, which has no personal data itself': ['Drop*ParkedEventInput.reason'],
  'a code, an amount or a day from a fact': ['TimelineDetail.name', 'TimelineDetail.value'],
  'what money was spent on; receipts hold the names': ['*ActivityCost*.purpose'],
  'made from figures by the service': ['PayrollLine.explanation', 'LedgerFinding.finding'],
  "the post office's number of a letter that the company sent, which a court asks for": [
    'Dunning*.trackingNumber',
    'SendFormalLetterInput.trackingNumber',
  ],
  'a file that the service names': ['PayrollExport.fileName'],
};
