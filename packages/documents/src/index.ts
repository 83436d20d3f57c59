export { amountInWords } from './amount-in-words.ts';
export { formatAmount } from './format-amount.ts';
export { renderPdf, type Block, type DocumentSpec } from './render-pdf.ts';
