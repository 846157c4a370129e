export interface Order {
  number: string;
  placed: string;
  productId: string;
  status: string;
  /** Whether it still moves. */
  isOpen: boolean;
}

/** By subject; whoever is not of the sample world has ordered nothing yet. */
export const orders: Readonly<Record<string, readonly Order[]>> = {
  'u-1007': [
    order('FF-20418', '19 November', 'skare', 'Left Oslo this morning', true),
    order('FF-19877', '2 October', 'rype-55', 'Delivered 5 October', false),
    order('FF-18240', '11 May', 'vidde-1', 'Delivered 14 May', false),
  ],
  'u-1012': [order('FF-20391', '17 November', 'hei-low', 'Being packed', true)],
  'u-1019': [
    order('FF-20402', '18 November', 'storm-4', 'On its way to București', true),
    order('FF-19511', '30 August', 'hei-low', 'Returned 9 September', false),
  ],
};

function order(
  number: string,
  placed: string,
  productId: string,
  status: string,
  isOpen: boolean,
): Order {
  return { number, placed, productId, status, isOpen };
}
