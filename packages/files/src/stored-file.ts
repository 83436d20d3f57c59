import { rows, type Tx } from '@steward/db';

/** ERASED: the row stays for whoever holds its id; name and content are gone for good. */
export type FileState = 'PENDING' | 'UPLOADED' | 'ERASED';

/** A row of the table `file`; the original name is sealed. */
export type StoredFile = {
  id: string;
  communityId: string | null;
  purpose: string;
  nameSealed: string;
  contentType: string;
  bytes: number;
  sha256: string | null;
  state: FileState;
  uploadedBy: string;
};

const columns = `id, community_id as "communityId", purpose, name_sealed as "nameSealed", content_type as "contentType",
  bytes, sha256, state, uploaded_by as "uploadedBy"`;

export type NewFile = Omit<StoredFile, 'sha256' | 'state'> & { tenantId: string; createdAt: Date; expiresAt: Date };

export async function insertPendingFile(tx: Tx, file: NewFile): Promise<void> {
  await rows(
    tx,
    `insert into file (id, tenant_id, community_id, purpose, name_sealed, content_type, bytes, state, uploaded_by,
       created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, 'PENDING', $8, $9, $10)`,
    [
      file.id,
      file.tenantId,
      file.communityId,
      file.purpose,
      file.nameSealed,
      file.contentType,
      file.bytes,
      file.uploadedBy,
      file.createdAt,
      file.expiresAt,
    ],
  );
}

export const findFiles = (tx: Tx, ids: readonly string[]): Promise<StoredFile[]> =>
  rows<StoredFile>(tx, `select ${columns} from file where id = any($1::uuid[])`, [ids]);

export async function findFile(tx: Tx, id: string): Promise<StoredFile | null> {
  const [file] = await findFiles(tx, [id]);
  return file ?? null;
}

/** Marks a pending file as uploaded; the file as it stands then, or null where it has gone. */
export async function markUploaded(tx: Tx, id: string, sha256: string): Promise<StoredFile | null> {
  await rows(tx, `update file set state = 'UPLOADED', sha256 = $2 where id = $1 and state = 'PENDING'`, [id, sha256]);
  return findFile(tx, id);
}
