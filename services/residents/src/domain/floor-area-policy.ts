/** How far the areas of the units may differ from the figure of the site; the standard gives the site's figure alone. */
export const floorAreaPolicy = {
  name: 'floor-area',
  figures: {
    toleratedDeviationShare: { value: 0.03, unit: 'share of the site figure', rule: 'A201', most: 1 },
  },
} as const;
