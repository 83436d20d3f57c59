/** The columns of a posting as it is shown, over `postingTables`. */
export const postingColumns = `
  p.transaction_id as "transactionId", p.line, t.community_id as "communityId", t.kind, p.occurred_on as "occurredOn",
  b.posted_at as "postedAt", b.height as "blockHeight", a.type as "accountType",
  a.charge_type_code as "chargeTypeCode", a.billing_account_id as "billingAccountId", p.amount as "amountMinor",
  a.currency, p.charge_id as "chargeId", t.cause_service as "causeService", t.cause_type as "causeType",
  t.cause_id as "causeId", t.reverses_id as "reversesId"`;

export const postingTables = `
  from ledger_posting p
  join ledger_transaction t on t.id = p.transaction_id
  join ledger_block b on b.community_id = t.community_id and b.height = t.height
  join ledger_account a on a.id = p.account_id`;
