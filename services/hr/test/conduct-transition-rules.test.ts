import { proveTransitions } from './transition-table.ts';
import { conductTransitions } from '../src/domain/conduct-transition-policy.ts';

const table = `
  retireStaffCheckForm         | A045 | ACTIVE                            | RETIRED            | leaders   |
  recordStaffCheck             | A308 | PLANNED                           | PASSED FINDINGS    | leaders   |
  skipStaffCheck               | A308 | PLANNED                           | SKIPPED            | leaders   |
  agreeStaffCheckRectification | B005 | FINDINGS                          | AGREED             | leaders   |
  recheckStaffCheck            | B005 | AGREED                            | RECTIFIED FINDINGS | leaders   |
  selfAssessAppraisal          | A009 | OPEN                              | SELF_ASSESSED      |           | staff
  rateAppraisal                | A009 | OPEN SELF_ASSESSED                | RATED              | leaders   |
  acknowledgeAppraisal         | A009 | RATED                             | ACKNOWLEDGED       |           | staff
  appealAppraisal              | A009 | RATED                             | APPEALED           |           | staff
  decideAppraisalAppeal        | A009 | APPEALED                          | DECIDED            | heads     |
  cancelAppraisal              | A009 | OPEN SELF_ASSESSED RATED APPEALED | CANCELLED          | heads     |
  closeDormitory               | B007 | OPEN                              | CLOSED             | directors |
  retireDormitoryRoom          | B007 | ACTIVE                            | RETIRED            | directors |
  moveDormitoryStay            | B007 | RUNNING                           | ENDED              | directors |
  endDormitoryStay             | B007 | RUNNING                           | ENDED              | directors |
  startTeamPlan                | B008 | DRAFT                             | RUNNING            | leaders   |
  recordTeamPlanProgress       | B008 | RUNNING                           | RUNNING            | planners  |
  evaluateTeamPlan             | B008 | RUNNING                           | EVALUATED          | leaders   |
  completeTeamPlanMeasure      | B008 | EVALUATED                         | EVALUATED          | planners  |
  closeTeamPlan                | B008 | EVALUATED                         | CLOSED             | leaders   |
  withdrawTeamPlan             | B008 | DRAFT RUNNING                     | WITHDRAWN          | leaders   |
  reassignReportDuty           | B051 | ACTIVE                            | ACTIVE             | leaders   |
  retireReportDuty             | B051 | ACTIVE                            | RETIRED            | leaders   |
  submitDutyReport             | B051 | DUE RETURNED                      | SUBMITTED          |           | staff
  returnDutyReport             | B051 | SUBMITTED                         | RETURNED           | leaders   |
  acceptDutyReport             | B051 | SUBMITTED                         | ACCEPTED           | leaders   |
  refillDutyShift              | A025 | CANCELLED                         | PLANNED            | leaders   |
`;

proveTransitions('checks, appraisals, dormitories, plans and reports', table, conductTransitions);
