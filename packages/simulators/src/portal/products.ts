import type { Drawing } from './drawings.ts';

/** What the shop sells. Prices in kroner; the sample people's carts add up to what `people.ts` says. */

export const KINDS = ['tents', 'boots', 'packs'] as const;
export type Kind = (typeof KINDS)[number];

/** Two colours of the drawing, of the palette in `styles/`. */
export type Tone = 'fern' | 'ochre' | 'clay' | 'slate';

export interface Product {
  id: string;
  kind: Kind;
  name: string;
  /** One short line. */
  about: string;
  price: number;
  drawing: Drawing;
  tone: Tone;
}

export const products: readonly Product[] = [
  product(
    'dalr-2',
    'tents',
    'Dalr 2',
    'Three-season tent for two, 1.9 kg',
    8_450,
    'tunnel',
    'fern',
  ),
  product('vidde-1', 'tents', 'Vidde 1', 'One person, one pole, 980 g', 4_050, 'pyramid', 'ochre'),
  product('storm-4', 'tents', 'Storm 4', 'Winter dome for four', 11_900, 'dome', 'clay'),
  product(
    'urd-mid',
    'boots',
    'Urd Mid',
    'Waxed leather, made to be resoled',
    2_750,
    'boot',
    'clay',
  ),
  product('hei-low', 'boots', 'Hei Low', 'Light and quick on dry paths', 1_890, 'shoe', 'slate'),
  product('skare', 'boots', 'Skare', 'Lined with wool, warm to −20 °C', 3_290, 'winter', 'fern'),
  product('kvist-24', 'packs', 'Kvist 24', 'Day pack, 24 l', 1_200, 'pack', 'ochre'),
  product('rype-55', 'packs', 'Rype 55', 'For a week on foot, 55 l', 2_990, 'trek', 'slate'),
  product('lyng-9', 'packs', 'Lyng 9', 'Hip pack, 9 l, rain cover', 890, 'hip', 'fern'),
];

function product(
  id: string,
  kind: Kind,
  name: string,
  about: string,
  price: number,
  drawing: Drawing,
  tone: Tone,
): Product {
  return { id, kind, name, about, price, drawing, tone };
}

export function findProduct(id: string | null): Product | undefined {
  return products.find((each) => each.id === id);
}

/** By subject: what lay in a sample person's cart the last time. */
export const keptCarts: Readonly<Record<string, readonly string[]>> = {
  'u-1007': ['dalr-2', 'urd-mid', 'kvist-24'],
  'u-1012': ['lyng-9'],
  'u-1019': ['vidde-1', 'kvist-24'],
};

export function totalOf(cart: readonly string[]): number {
  return cart.reduce((sum, id) => sum + (findProduct(id)?.price ?? 0), 0);
}

const grouped = new Intl.NumberFormat('en');

/** `12,400 kr`, held together by a no-break space. */
export function kroner(amount: number): string {
  return `${grouped.format(amount)}\u00a0kr`;
}
