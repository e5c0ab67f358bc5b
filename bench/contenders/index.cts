import { bareLoop, pacedLoop } from './bareLoop.cjs';
import { holdItems } from './holdItems.cjs';
import { httpRequestNode } from './httpRequestNode.cjs';
import { sdk, sdkChunked } from './sdk.cjs';
import { thisNode } from './thisNode.cjs';

/** Everything that takes part; the keys are in the tables' order. */
export const contenders = {
	thisNode,
	sdk,
	sdkChunked,
	httpRequestNode,
	bareLoop,
	pacedLoop,
	holdItems,
};

export type ContenderName = keyof typeof contenders;

/** What the tables call them. */
export const labels: Record<ContenderName, string> = {
	thisNode: 'this node',
	sdk: 'official SDK, as documented',
	sdkChunked: 'official SDK, cut by 20 by hand',
	httpRequestNode: "n8n's HTTP Request node",
	bareLoop: "bare loop over n8n's helper",
	pacedLoop: 'bare loop at the same pace',
	holdItems: 'only holding the items',
};
