const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'];
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number that nobody else of the file has; its last digit is the check of the others. */
function identityOf(n: number): string {
  const body = `1101011990${String(101 + (Math.floor(n / 1000) % 100)).padStart(4, '0')}${String(n % 1000).padStart(3, '0')}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}

const header = '楼栋,单元,房号,用途,建筑面积,楼层,交付日期,住户编号,产权关系,姓名,电话,证件号,身份';

/** A property register as a company would bring it: towers of 33 floors, in each flat a household with its owner. */
export function registerCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const [tower, inTower] = [Math.floor(n / 264) + 1, n % 264];
    const [section, inSection] = [Math.floor(inTower / 132) + 1, inTower % 132];
    const floor = Math.floor(inSection / 4) + 1;
    const unit = `${floor}0${(inSection % 4) + 1}`;
    const name = `${surnames[n % 20]}${given[Math.floor(n / 20) % 20]}${given[Math.floor(n / 400) % 20]}`;
    const phone = `138${String(10_000_000 + n)}`;
    const home = `${tower},${section},${unit},住宅,${88 + (n % 40)}.5,${floor},2020-05-01`;
    return `${home},H-${n + 1},自有,${name},${phone},${identityOf(n)},业主`;
  });
  return `${header}\n${lines.join('\n')}\n`;
}
