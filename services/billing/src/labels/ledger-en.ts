import { names } from './ledger-names-en.ts';

const codes: Record<string, string> = {
  'reversalReason.WRONG_AMOUNT': 'Wrong amount',
  'reversalReason.WRONG_PARTY': 'Wrong party',
  'reversalReason.DUPLICATE': 'Charged twice',
  'reversalReason.NOT_DUE': 'Not due',
  'reversalReason.REQUEST_WITHDRAWN': 'Request withdrawn',
  'reversalReason.REFUND': 'Refund',
  'reversalReason.WRONG_READING': 'Wrong reading',
  'reversalReason.HOLDER_CHANGED': 'Somebody else holds the unit on these days',
  'reversalReason.CUSTODY_CHANGED': 'Custody began or ended on these days',
};

const texts: Record<string, string> = {
  'reason.ILLEGAL_TRANSITION': 'This is not possible in the present status ({status}).',
  'reason.REASON_UNKNOWN': 'The reason {code} is not in the list.',
  'reason.PERIOD_CLOSED': 'The books of that day are closed; please post in an open month.',
  'reason.REVERSED_ALREADY': 'This has been taken back already.',
  'reason.IN_THE_FUTURE': 'The time must not lie in the future.',
  'reason.PERIOD_NOT_OVER': 'The month {month} is not over yet.',
  'reason.PERIOD_BEFORE_OPEN': 'The months before are not closed yet; the next one to close begins on {next}.',
  'reason.PERIOD_OPEN': 'Accounts are made public of closed months only.',
  'reason.PERIOD_ENDS_BEFORE': 'The end lies before the start.',
  'reason.BOOKS_DIFFER': 'The books differ ({book}); please put them right first.',
  'reason.COMPARISON_REQUIRED': 'These books are too large to be closed at once; please have them compared first.',
  'reason.EXTENT_UNFIT': 'One answer looks at 1 to {most} postings.',
  'reason.PUBLISHED_ALREADY': 'The accounts of these months are public.',
  'reason.TEXT_REQUIRED': 'This must not be empty.',
  'reason.MEETING_BEFORE_REPORT': 'The meeting lies before the end of the report.',
  'reason.LINES_REQUIRED': 'At least one line is needed.',
  'reason.YEAR_UNFIT': 'A budget is of a year from {first} to {last}.',
  'reason.LINE_REPEATED': 'This account is named twice.',
  'reason.AMOUNT_NEGATIVE': 'An amount must not be negative.',
  'reason.CODE_MALFORMED': 'A code has capital letters, digits and underscores and begins with a letter.',
  'template.booksDiffer': 'Comparison {number}: the books differ. Please find out why.',
  'template.collectionDay': 'Collection report {number}: received {received} (minor units) today, overdue {arrears}.',
  'template.collectionMonth':
    'Collection report {number}: collection rate {rate}, overdue {arrears} (minor units). Please go through it with the team.',
  'template.approvalRequested': 'Something awaits your approval: {kind} ({rule}).',
  'template.deadlineWarned': '{number}: a time limit is about to run out ({kind}, {rule}), due {dueAt}.',
  'template.deadlineBreached': '{number}: a time limit was breached ({kind}, {rule}), due {dueAt}. Please act at once.',
  'template.deadlineEscalated':
    '{number}: still not done after the time limit ({kind}, {rule}), due {dueAt}. Please see to it.',
};

/** Names of fields, values and codes, and the texts of refusals and notifications, of accounts, charges and the books. */
export const labels: Record<string, string> = { ...names, ...codes, ...texts };
