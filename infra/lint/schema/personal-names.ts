/**
 * Last words of the names of fields that hold something of or about a person: how somebody is called and reached, numbers
 * that stand for one, and what people write in words of their own.
 */
const personal = [
  'name|surname|addressee|sender|recipient|payer',
  'phone|mobile|telephone|email|mail|wechat|address',
  'identityNumber|identity|idNumber|idCard|passport|certificateNo|certificateNumber|licenceNumber|licenseNumber',
  'plate|taxNumber|bankAccount|accountNumber|cardNumber|trackingNumber|birthday|bornOn',
  'reason|note|notes|opinion|opinions|description|remark|remarks|comment|comments|finding|findings|shortcomings',
  'content|answer|summary|course|demand|explanation|conclusion|decision|measures|help|profile|instruction|purpose',
  'text|title|body|value|cause|prevention|improvements|analysis|patrolRecord|result|effect',
];

const name = new RegExp(`(${personal.join('|')})$`, 'i');

/** Names that end alike and say that they hold no value: masked ones, and what is made from a value. */
const harmlessName = /(Masked|Sha256)$/;

export const soundsPersonal = (field: string): boolean => name.test(field) && !harmlessName.test(field);
