import { describe, expect, it } from '@jest/globals';

import { askedKeys, numberKey, phoneKeys, plateKeys, roomKeys, roomParts } from './caller-rules.ts';

const texts = (keys: { kind: string; text: string }[]): string[] => keys.map(({ kind, text }) => `${kind} ${text}`);

describe('roomParts', () => {
  it.each([
    ['3-2-501', ['3', '2', '501']],
    ['3栋2单元501', ['3', '2', '501']],
    ['3幢2单元501室', ['3', '2', '501']],
    ['３号楼２单元５０１', ['3', '2', '501']],
    ['三栋二单元五零一', ['3', '2', '501']],
    ['十二栋501', ['12', '501']],
    ['二十一座 1203 房', ['21', '1203']],
    ['3#2-501', ['3', '2', '501']],
    ['A座 1201', ['A', '1201']],
    ['b1-023', ['B1', '023']],
    ['501', ['501']],
  ])('%s', (typed, parts) => {
    expect(roomParts(typed)).toEqual(parts);
  });

  it.each(['张伟', 'zhang wei', '', '1-2-3-4-5-6-7', '123456789'])('%s is no address', (typed) => {
    expect(roomParts(typed)).toBeNull();
  });
});

describe('keys of what is entered', () => {
  it('finds a unit by its path, without its section and by its own number', () => {
    expect(texts(roomKeys('3/2/501'))).toEqual(['ROOM 3/2/501', 'ROOM 3/501', 'ROOM 501']);
    expect(texts(roomKeys('3栋/2单元/501室'))).toEqual(['ROOM 3/2/501', 'ROOM 3/501', 'ROOM 501']);
    expect(texts(roomKeys('P12'))).toEqual(['ROOM P12']);
  });

  it('finds a phone whole and by its last four digits, a plate with and without its province', () => {
    expect(texts(phoneKeys('+86 138-0011-0022'))).toEqual(['PHONE 13800110022', 'PHONE_TAIL 0022']);
    expect(texts(plateKeys('粤B·12345'))).toEqual(['PLATE 粤B12345', 'PLATE B12345']);
    expect(numberKey('WX-20260301-0042').text).toBe('WX202603010042');
  });
});

describe('askedKeys', () => {
  it.each([
    ['wx-20260301-0042', ['NUMBER WX202603010042']],
    ['粤b 12345', ['PLATE 粤B12345', 'NAME 粤b12345']],
    ['138 0011 0022', ['PHONE 13800110022']],
    ['0022', ['ROOM 0022', 'PHONE_TAIL 0022']],
    ['张伟', ['NAME 张伟']],
    ['zhang wei', ['NAME zhangwei', 'PINYIN zhangwei']],
    ['lü', ['NAME lü', 'PINYIN lv']],
    ['三栋二单元五零一', ['ROOM 3/2/501', 'NAME 三栋二单元五零一']],
    ['x'.repeat(61), []],
    ['  ', []],
  ])('%s', (typed, keys) => {
    expect(texts(askedKeys(typed))).toEqual(expect.arrayContaining(keys));
  });
});
