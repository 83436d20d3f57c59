import { floorAreaOf, type CountedArea, type FloorArea } from '../domain/floor-area-rules.ts';

/** The areas of a community's units beside the figure of its site. */
export const judgeFloorArea = (counted: CountedArea): FloorArea => floorAreaOf(counted);
