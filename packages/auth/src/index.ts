export { rowOf, uncoveredFields } from './access-coverage.ts';
export { allows, hasRole } from './access-policy.ts';
export type { AccessPolicy, AccessRow, Grant, Own, Relation, Subject } from './access-policy.ts';
export { AccessTableError, type AccessTableFault } from './access-table-error.ts';
export { applyAccess } from './apply-access.ts';
export type { AccessContext, OwnOf, SubjectOf } from './apply-access.ts';
export { CALL_HEADER, createCallSigner, createCallVerifier } from './call-proof.ts';
export type { CallSigner, CallVerifier } from './call-proof.ts';
export {
  createIdentityVerifier,
  generateIdentityKey,
  IDENTITY_HEADER,
  IDENTITY_SECONDS,
  signIdentity,
} from './identity.ts';
export type { IdentityKey, IdentityVerifier, SigningOptions } from './identity.ts';
export { isRole, parseRole, roles } from './roles.ts';
export type { Role } from './roles.ts';
export { systemViewer, viewerClaims } from './viewer.ts';
export type { Viewer, ViewerClaims } from './viewer.ts';
