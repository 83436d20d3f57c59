import { proveTransitions } from './transition-table.ts';
import { positionTransitions } from '../src/domain/position-transition-policy.ts';

// action | rule | from | to | who in the community | who with what is theirs
const table = `
  revisePosition | A301 | ACTIVE | ACTIVE | directors | 
  retirePosition | A301 | ACTIVE | RETIRED | directors | 
  setPositionHeadcount | A203 | ACTIVE | ACTIVE | directors | 
  revokeAuthorityGrant | A330 | ACTIVE | REVOKED | operator leaders | 
  approveSpendingRequest | A330 | REQUESTED | APPROVED | leaders | 
  rejectSpendingRequest | A330 | REQUESTED | REJECTED | leaders | 
  withdrawSpendingRequest | A330 | REQUESTED | WITHDRAWN |  | staff
  closeVacancy | A203 | OPEN | CLOSED | leaders | 
  recordApplicationInterview | A317 | RECEIVED | INTERVIEWED | leaders | 
  hireApplicant | A002 | INTERVIEWED | HIRED | leaders | 
  rejectJobApplication | A317 | RECEIVED INTERVIEWED | REJECTED | leaders | 
  withdrawJobApplication | A317 | RECEIVED INTERVIEWED | WITHDRAWN | leaders | 
  assessProbation | A318 | OPEN | PASSED FAILED | leaders | 
  extendProbation | A318 | OPEN | OPEN | leaders | 
  promoteStaffGrade | A316 | HELD | HELD TOP | directors | 
  completePositionDuties | A301 | OPEN | COMPLETED | leaders | staff
  correctPositionKpi | B049 | RECORDED CORRECTED | CORRECTED | leaders | 
  filePersonnelPapers | A012 | KEPT | KEPT | directors | 
  lendPersonnelArchive | A012 | KEPT | LENT | directors | 
  returnPersonnelArchive | A012 | LENT | KEPT | directors | 
  transferPersonnelArchive | A012 | KEPT | TRANSFERRED | directors | 
  confirmProcessMastery | A202 | OPEN | OPEN | leaders | 
  completePostRotation | A202 | OPEN | ROTATED | leaders | 
  acceptPostHandover | A330 | OPEN | ACCEPTED |  | staff
`;

proveTransitions('transitions of positions, authority, recruitment and posts', table, positionTransitions);
