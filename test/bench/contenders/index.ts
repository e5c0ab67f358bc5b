import { bareLoop } from './bareLoop';
import type { Contender } from './contender';
import { httpRequestNode } from './httpRequestNode';
import type { ContenderName } from './labels';
import { sdk, sdkChunked } from './sdk';
import { thisNode } from './thisNode';

export const contenders: Record<ContenderName, Contender> = {
	thisNode,
	sdk,
	sdkChunked,
	httpRequestNode,
	bareLoop,
};
