import type { SeededRandom } from './seeded-random.ts';

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const middles = [...'建国志文晓雨思嘉明丽秀永家俊海美子淑德春佳欣宇泽一浩若雅景天心瑞锦书静慧玉凤'];
const lasts = [...'华强伟军勇杰涛磊敏芳娜静丽艳娟霞玲燕平刚峰宁琳辉鹏飞博涵轩怡欣妍蕾婷雪梅兰英红云洁颖琪瑶萍莉林森'];

/** A made-up name of two or three characters. */
export const personName = (random: SeededRandom): string =>
  random.pick(surnames) + (random.chance(0.7) ? random.pick(middles) : '') + random.pick(lasts);

/** A made-up name in a family: the surname is given. */
export const childName = (random: SeededRandom, surname: string): string =>
  surname + (random.chance(0.6) ? random.pick(middles) : '') + random.pick(lasts);

/**
 * A mobile number that cannot ring: 142 is a prefix that no Chinese operator has been given, and `n` makes it unique.
 */
export const fictionalPhone = (n: number): string => `142${String(n).padStart(8, '0')}`;

const shopNames = [
  '便利店',
  '大药房',
  '理发店',
  '水果店',
  '面馆',
  '洗衣店',
  '奶茶店',
  '文具店',
  '五金店',
  '茶叶行',
  '烘焙坊',
  '宠物店',
];
const shopWords = [...'福顺兴旺祥瑞安康鑫源利丰盛华美佳'];

/** A made-up name of a shop. */
export const shopName = (random: SeededRandom): string =>
  random.pick(shopWords) + random.pick(shopWords) + random.pick(shopNames);
