/** The checksum examples of Kraken's documentation, real frames' levels, and edge cases. */
interface Vector {
  readonly name: string;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  /** `price quantity`, best first, as printed. */
  readonly bids: readonly string[];
  readonly asks: readonly string[];
  readonly checksum: number;
}

const levels = (text: string): string[] =>
  text
    .split('|')
    .map((level) => level.trim().replace('/', ' '))
    .filter(Boolean);

export const VECTORS: readonly Vector[] = [
  {
    name: 'BTC/USD of the book guide',
    pricePrecision: 1,
    quantityPrecision: 8,
    bids: levels(`45283.5 0.10000000|45283.4 1.54582015|45282.1 0.10000000|45281.0 0.10000000|
      45280.3 1.54592586|45279.0 0.07990000|45277.6 0.03310103|45277.5 0.30000000|
      45277.3 1.54602737|45276.6 0.15445238`),
    asks: levels(`45285.2 0.00100000|45286.4 1.54571953|45286.6 1.54571109|45289.6 1.54560911|
      45290.2 0.15890660|45291.8 1.54553491|45294.7 0.04454749|45296.1 0.35380000|
      45297.5 0.09945542|45299.5 0.18772827`),
    checksum: 3310070434,
  },
  {
    name: 'MATIC/USD of the channel page, its trailing zeros dropped',
    pricePrecision: 4,
    quantityPrecision: 8,
    bids: levels(`0.5666 4831.75496356|0.5665 6658.22734739|0.5664 18724.91513344|
      0.5663 11563.92544914|0.5662 14006.65365711|0.5661 17454.85679807|0.566 18097.1547|
      0.5659 33644.89175666|0.5658 148.3464|0.5657 606.70854372`),
    asks: levels(`0.5668 4410.79769741|0.5669 4655.40412487|0.567 49844.89424998|
      0.5671 24306.41678|0.5672 29783.25223475|0.5673 57234.71239278|0.5674 45065.04744|
      0.5675 5912.76380354|0.5676 42514.92434778|0.5677 36304.0847022`),
    checksum: 2439117997,
  },
  {
    name: 'ETH/USD of 2025',
    pricePrecision: 2,
    quantityPrecision: 8,
    bids: levels(`1797.24/0.43393711|1797.18/139.10616255|1797.13/139.10995927|
      1797.12/0.80386470|1797.07/139.11517673|1796.98/5.22282896|1796.97/12.17138476|
      1796.95/139.69390939|1796.88/4.21870000|1796.85/1.22932317`),
    asks: levels(`1797.25/1.40355852|1797.28/10.82400000|1797.29/139.09899871|
      1797.30/139.09783403|1797.37/139.09216827|1797.41/5.24638952|1797.42/0.01780330|
      1797.46/33.05700000|1797.48/3.11556555|1797.49/139.49306646`),
    checksum: 2606672715,
  },
  {
    name: 'SOL/USD of 2026',
    pricePrecision: 2,
    quantityPrecision: 8,
    bids: levels(`117.88/0.59052327|117.87/84.83380412|117.86/44.65577787|117.85/109.77771452|
      117.84/157.16144745|117.83/556.29908373|117.82/236.49213330|117.81/454.19452360|
      117.80/385.67680875|117.79/1222.39148977`),
    asks: levels(`117.89/127.24086668|117.90/132.09414976|117.91/157.27089736|
      117.92/632.31333563|117.93/600.40294890|117.94/729.70875304|117.95/641.11480306|
      117.96/621.80068998|117.97/818.64420868|117.98/2205.80390195`),
    checksum: 1075898951,
  },
  {
    name: 'an empty book',
    pricePrecision: 1,
    quantityPrecision: 8,
    bids: [],
    asks: [],
    checksum: 0,
  },
  {
    name: 'an exponent and no bids',
    pricePrecision: 4,
    quantityPrecision: 8,
    bids: [],
    asks: ['1.0005 1e-05', '1.001 2.5'],
    checksum: 924799315,
  },
  {
    name: 'tiny prices and quantities beyond 2^53',
    pricePrecision: 8,
    quantityPrecision: 8,
    bids: ['0.00001233 0.5', '0.000012 123456789.12345678'],
    asks: ['0.00001234 1000000.0', '0.0000124 5E+2'],
    checksum: 992952918,
  },
  {
    name: 'a price with an exponent and no asks',
    pricePrecision: 10,
    quantityPrecision: 5,
    bids: ['1e-7 10'],
    asks: [],
    checksum: 3355196932,
  },
  {
    name: 'the v1 page',
    pricePrecision: 5,
    quantityPrecision: 8,
    bids: [
      '0.05000',
      '0.04995',
      '0.04990',
      '0.04980',
      '0.04975',
      '0.04970',
      '0.04965',
      '0.04960',
      '0.04955',
      '0.04950',
    ].map((price) => `${price} 0.00000500`),
    asks: [
      '0.05005',
      '0.05010',
      '0.05015',
      '0.05020',
      '0.05025',
      '0.05030',
      '0.05035',
      '0.05040',
      '0.05045',
      '0.05050',
    ].map((price) => `${price} 0.00000500`),
    checksum: 974947235,
  },
];
