/** An invoice that stands, asked for or issued, with what red ones leave of it. */
export type StandingInvoice = {
  id: string;
  paymentId: string;
  status: 'REQUESTED' | 'ISSUED';
  left: number;
  isPaymentVoid: boolean;
};

/** What is done about an invoice: it is not issued, or a red one takes so much of it back. */
export type InvoiceCorrection = { invoice: StandingInvoice; isRed: boolean; amount: number };

const correct = (invoice: StandingInvoice, most: number): InvoiceCorrection =>
  invoice.status === 'REQUESTED'
    ? { invoice, isRed: false, amount: invoice.left }
    : { invoice, isRed: true, amount: Math.min(invoice.left, most) };

/**
 * What brings the invoices of an account, newest first, down to what was kept of its payments, `excess` being by how much
 * they are above it. Of a void payment nothing stays; else what was not issued is given up before anything is taken back.
 */
export function correctionsOf(invoices: readonly StandingInvoice[], excess: number): InvoiceCorrection[] {
  const standing = invoices.filter(({ left }) => left > 0);
  const ofVoid = standing.filter(({ isPaymentVoid }) => isPaymentVoid);
  const others = standing.filter(({ isPaymentVoid }) => !isPaymentVoid);
  const corrections = ofVoid.map((invoice) => correct(invoice, invoice.left));
  let over = corrections.reduce((rest, { amount }) => rest - amount, excess);
  const isRequested = ({ status }: StandingInvoice): boolean => status === 'REQUESTED';
  for (const invoice of [...others.filter(isRequested), ...others.filter((one) => !isRequested(one))]) {
    if (over <= 0) break;
    const correction = correct(invoice, over);
    corrections.push(correction);
    over -= correction.amount;
  }
  return corrections;
}
