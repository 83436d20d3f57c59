export {
  ProviderError,
  type BillLine,
  type OrderState,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderNotice,
  type RefundOrder,
  type RefundState,
} from './payment-provider.ts';
export { createWechatPay, type WechatPayAccount } from './wechat/wechat-pay.ts';
