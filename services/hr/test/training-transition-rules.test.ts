import { documentTransitions } from '../src/domain/document-transition-policy.ts';
import { meetingTransitions } from '../src/domain/meeting-transition-policy.ts';
import { trainingTransitions } from '../src/domain/training-transition-policy.ts';
import { proveTransitions } from './transition-table.ts';

// action | rule | from | to | who in the community | who with what is theirs
const training = `
  setTrainingPlanEntries    | A217 | DRAFT           | DRAFT     | leaders trainer |
  submitTrainingPlan        | A217 | DRAFT           | SUBMITTED | leaders trainer |
  returnTrainingPlan        | A256 | SUBMITTED       | DRAFT     | director        |
  approveTrainingPlan       | A256 | SUBMITTED       | APPROVED  | director        |
  withdrawTrainingPlan      | A217 | DRAFT SUBMITTED | WITHDRAWN | leaders trainer |
  rescheduleTrainingSession | A217 | PLANNED         | PLANNED   | leaders trainer |
  cancelTrainingSession     | A217 | PLANNED         | CANCELLED | leaders trainer |
  holdTrainingSession       | A241 | PLANNED         | HELD      | leaders trainer |
  recordTrainingTest        | A010 | HELD            | HELD      | leaders trainer |
`;

const documents = `
  amendControlledDocument    | A329 | DRAFT                     | DRAFT               | leaders   |
  reviseControlledDocument   | A329 | IN_FORCE                  | DRAFT               | leaders   |
  submitControlledDocument   | A329 | DRAFT                     | SUBMITTED           | leaders   |
  returnControlledDocument   | A329 | SUBMITTED                 | DRAFT               | director  |
  publishControlledDocument  | A329 | SUBMITTED                 | IN_FORCE            | director  |
  confirmControlledDocument  | A329 | IN_FORCE                  | IN_FORCE            | leaders   |
  grantDocumentAccess        | A329 | IN_FORCE                  | IN_FORCE            | director  |
  transferControlledDocument | A329 | IN_FORCE WITHDRAWN        | IN_FORCE WITHDRAWN  | directors |
  withdrawControlledDocument | A329 | DRAFT SUBMITTED IN_FORCE  | WITHDRAWN           | director  |
  openDocumentReading        | A329 | DUE                       | OPENED              |           | staff
  acknowledgeDocumentReading | A329 | OPENED                    | ACKNOWLEDGED        |           | staff
`;

const meetings = `
  submitQualityReview   | A256 | OPEN      | SUBMITTED | leaders  |
  returnQualityReview   | A256 | SUBMITTED | OPEN      | director |
  approveQualityReview  | A256 | SUBMITTED | APPROVED  | director |
  closeQualityReview    | A256 | APPROVED  | CLOSED    | leaders  |
  setStaffMeetingAgenda | A240 | PLANNED   | PLANNED   | leaders  | others
  holdStaffMeeting      | A240 | PLANNED   | HELD      | leaders  | others
  cancelStaffMeeting    | A240 | PLANNED   | CANCELLED | leaders  |
  completeFollowUp      | A240 | OPEN      | DONE      | leaders  | others
  reopenFollowUp        | A240 | DONE      | OPEN      | leaders  |
  handOverFollowUp      | A240 | OPEN      | OPEN      | leaders  |
  cancelFollowUp        | A240 | OPEN      | CANCELLED | leaders  |
`;

proveTransitions('training', training, trainingTransitions);
proveTransitions('documents', documents, documentTransitions);
proveTransitions('meetings and reviews', meetings, meetingTransitions);
